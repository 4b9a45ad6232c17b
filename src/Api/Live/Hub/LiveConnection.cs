using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.RateLimiting;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>One client's connection: what it has open, and what it may do.</summary>
internal sealed class LiveConnection(LiveServices services, ClientWriter client, IIModelAccess access, ClaimsPrincipal? principal) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OpenedIModel> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly TokenBucketRateLimiter _rate = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = services.Options.CallBurst,
        TokensPerPeriod = Math.Max(1, services.Options.CallsPerSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 0,
    });

    private int _refusals;

    /// <summary>Whether the connection may make another call now.</summary>
    /// <param name="isFlood">Whether it was refused so often in a row that it should be ended.</param>
    public bool MayCall(out bool isFlood)
    {
        using RateLimitLease lease = _rate.AttemptAcquire();
        if (lease.IsAcquired)
            Volatile.Write(ref _refusals, 0);
        isFlood = !lease.IsAcquired && Interlocked.Increment(ref _refusals) > services.Options.RefusalsBeforeAbort;
        return lease.IsAcquired;
    }

    /// <summary>Opens an iModel, or opens it anew when it is open.</summary>
    public async Task<ReadOnlyMemory<byte>> OpenAsync(OpenArguments arguments, CancellationToken cancellationToken)
    {
        LiveIModelRef iModel = await FindAsync(arguments, cancellationToken).ConfigureAwait(false);
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open.TryGetValue(iModel.Key, out OpenedIModel? opened))
                return await services.Caller.CallAsync(iModel.Key, opened.Session.OpenCall, cancellationToken).ConfigureAwait(false);
            if (_open.Count >= services.Options.OpenPerConnection)
                throw new LiveRefusedException(LiveRefusals.Busy, $"A connection may have {services.Options.OpenPerConnection} iModels open. Close one.");
            return await OpenAsync(iModel, arguments.Person, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes an iModel; harmless when it is not open.</summary>
    public async Task CloseAsync(string key)
    {
        if (_open.TryRemove(key, out OpenedIModel? opened))
            await CloseAsync(opened, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Begins to send commits.</summary>
    /// <param name="key">The iModel.</param>
    /// <param name="state">The state that the client has; null for the newest.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <returns>The state from which commits are sent.</returns>
    public async Task<LiveState> SubscribeAsync(string key, LiveState? state, CancellationToken cancellationToken)
    {
        OpenedIModel opened = Get(key);
        IModelRelay relay = opened.Session.Relay;
        await relay.Started.WaitAsync(cancellationToken).ConfigureAwait(false);
        LiveState from = state ?? relay.Window.Head;
        opened.Session.Subscribe(new SubscriberCursor(relay, client, from, services.Options));
        return from;
    }

    /// <summary>Sends no more commits.</summary>
    public void Unsubscribe(string key) => Get(key).Session.Subscribe(null);

    /// <summary>Calls the owner of an iModel that is open here.</summary>
    /// <exception cref="LiveRefusedException">It is not open, or the caller has no right.</exception>
    public Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveOperation operation, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        OpenedIModel opened = Get(key);
        if (operation is not (LiveOperation.History or LiveOperation.SetPresence or LiveOperation.Versions) && !access.Allows(opened.IModel.IModelId, IModelRight.Write))
            throw new LiveRefusedException(LiveRefusals.NotWritable, "You have no right to edit this iModel.");
        return services.Caller.CallAsync(key, new LiveCall(operation, opened.Session.Id, opened.Session.User, json), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (string key in _open.Keys)
            await CloseAsync(key).ConfigureAwait(false);
        await _rate.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private OpenedIModel Get(string key) => _open.GetValueOrDefault(key)
        ?? throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "The iModel is not open on this connection. Open it first.");

    private async Task<LiveIModelRef> FindAsync(OpenArguments arguments, CancellationToken cancellationToken)
    {
        LiveIModelRef? iModel = await services.IModels.FindAsync(arguments.Key, arguments.ITwinId, arguments.IModelId, cancellationToken).ConfigureAwait(false);
        return iModel is not null && access.Allows(iModel.IModelId, IModelRight.Read)
            ? iModel
            : throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "There is no such iModel.");
    }

    private async Task<ReadOnlyMemory<byte>> OpenAsync(LiveIModelRef iModel, PersonArguments? person, CancellationToken cancellationToken)
    {
        IModelRelay relay = services.Relays.Take(iModel.Key);
        string id = Guid.NewGuid().ToString("N");
        var request = new OpenRequest(relay.RelayId, person?.Color is { Length: > 0 and <= 64 } color ? color : null);
        var call = new LiveCall(
            LiveOperation.Open, id, LiveUsers.Of(principal, person, id), JsonSerializer.SerializeToUtf8Bytes(request, LiveCallJson.Default.OpenRequest));
        var opened = new OpenedIModel(iModel, new RelaySession(relay, client, call, services.Logger));
        try
        {
            ReadOnlyMemory<byte> answer = await services.Caller.CallAsync(iModel.Key, call, cancellationToken).ConfigureAwait(false);
            if (LiveStateReader.TryRead(answer.Span) is null)
            {
                await services.Relays.ReturnAsync(relay).ConfigureAwait(false);
                return answer;
            }

            relay.Add(opened.Session);
            opened.Session.Start();
            _open[iModel.Key] = opened;
            return access.Allows(iModel.IModelId, IModelRight.Write) ? answer : OpenAnswers.WithoutWriting(answer);
        }
        catch
        {
            await CloseAsync(opened, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CloseAsync(OpenedIModel opened, CancellationToken cancellationToken)
    {
        await opened.Session.DisposeAsync().ConfigureAwait(false);
        await services.Relays.ReturnAsync(opened.Session.Relay).ConfigureAwait(false);
        var call = new LiveCall(LiveOperation.Close, opened.Session.Id, opened.Session.User);
        await services.Caller.CallAsync(opened.IModel.Key, call, cancellationToken).ConfigureAwait(false);
    }
}
