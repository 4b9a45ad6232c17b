using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>The relays of this process: one for each iModel that a client has open.</summary>
internal sealed class LiveRelays(ILiveIModels iModels, IOptions<LiveHubOptions> options, TimeProvider time, ILogger<LiveRelays> logger) : IAsyncDisposable
{
    private readonly string _relayId = Guid.NewGuid().ToString("N");
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (IModelRelay Relay, int Users)> _relays = new(StringComparer.Ordinal);

    /// <summary>Bounds the large messages that are on their way.</summary>
    public SemaphoreSlim LargeMessages { get; } = new(options.Value.LargeMessages);

    /// <summary>Takes the relay of an iModel, made if there is none; <see cref="ReturnAsync"/> it.</summary>
    public IModelRelay Take(string key)
    {
        lock (_lock)
        {
            (IModelRelay relay, int users) = _relays.TryGetValue(key, out var found)
                ? found
                : (new IModelRelay(key, _relayId, iModels, options.Value, time, logger), 0);
            _relays[key] = (relay, users + 1);
            return relay;
        }
    }

    /// <summary>Gives a relay back. The last one ends it.</summary>
    public async ValueTask ReturnAsync(IModelRelay relay)
    {
        lock (_lock)
        {
            int users = _relays[relay.Key].Users - 1;
            if (users > 0)
            {
                _relays[relay.Key] = (relay, users);
                return;
            }

            _relays.Remove(relay.Key);
        }

        await relay.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IModelRelay[] relays;
        lock (_lock)
        {
            relays = [.. _relays.Values.Select(entry => entry.Relay)];
            _relays.Clear();
        }

        foreach (IModelRelay relay in relays)
            await relay.DisposeAsync().ConfigureAwait(false);
        LargeMessages.Dispose();
    }
}
