using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>One client that has an iModel open: pumps to it what it subscribed to, one message after the other, at the client's own pace.</summary>
internal sealed partial class RelaySession(IModelRelay relay, ClientWriter client, LiveCall openCall, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(client.Closed);
    private long _notices = relay.Notices.End;
    private volatile FeedCursor? _subscription, _events;
    private volatile LiveCall _openCall = openCall;
    private Task? _pump;

    /// <summary>The session's id.</summary>
    public string Id { get; } = openCall.Session;

    /// <summary>Who it is.</summary>
    public LiveUser User => _openCall.User;

    /// <summary>How it was opened, to open it again at another owner.</summary>
    public LiveCall OpenCall
    {
        get => _openCall;
        set => _openCall = value;
    }

    /// <summary>The iModel's relay.</summary>
    public IModelRelay Relay => relay;

    /// <summary>The client.</summary>
    public ClientWriter Client => client;

    /// <summary>Starts the pump.</summary>
    public void Start() => _pump = Detached.Run(() => PumpAsync(_ending.Token));

    /// <summary>From now on commits are sent from the cursor's state on; null ends that.</summary>
    public void Subscribe(FeedCursor? cursor)
    {
        _subscription = cursor;
        relay.Pulse();
    }

    /// <summary>From now on commits become events of iTwin.js's IPC; null ends that.</summary>
    public void SendEvents(FeedCursor? cursor)
    {
        _events = cursor;
        relay.Pulse();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        relay.Remove(this);
        await _ending.CancelAsync().ConfigureAwait(false);
        if (_pump is not null)
            await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Task changed = relay.Changed;
                if (!await SendAsync(cancellationToken).ConfigureAwait(false))
                    await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The owner could not be asked for what this client missed: with the next news it is asked again.
                Log.NotSent(logger, relay.Key, exception);
                await relay.Changed.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        bool sent = _subscription is { } subscription && await subscription.SendAsync(cancellationToken).ConfigureAwait(false);
        sent |= _events is { } events && await events.SendAsync(cancellationToken).ConfigureAwait(false);
        return await SendNoticesAsync(cancellationToken).ConfigureAwait(false) || sent;
    }

    private async Task<bool> SendNoticesAsync(CancellationToken cancellationToken)
    {
        long end = relay.Notices.End;
        if (end == _notices)
            return false;
        IReadOnlyList<OutgoingMessage> messages = relay.Notices.Read(_notices) ?? [await relay.ReadPresenceAsync(cancellationToken).ConfigureAwait(false)];
        foreach (OutgoingMessage message in messages)
            await client.WriteAsync(message).ConfigureAwait(false);
        _notices = messages.Count == 0 ? end : Math.Max(end, _notices + messages.Count);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A client of {Key} could not be sent what it missed; it is tried again")]
        public static partial void NotSent(ILogger logger, string key, Exception exception);
    }
}
