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

    /// <summary>Opens an iModel, or introduces the person anew when it is open.</summary>
    public async Task<ReadOnlyMemory<byte>> OpenAsync(OpenArguments arguments, CancellationToken cancellationToken)
    {
        LiveIModelRef iModel = await services.IModels.FindAsync(arguments.Key, arguments.ITwinId, arguments.IModelId, cancellationToken).ConfigureAwait(false)
            ?? throw NoIModel();
        (OpenedIModel opened, ReadOnlyMemory<byte> answer) = await OpenAsync(iModel, arguments.Person, cancellationToken).ConfigureAwait(false);
        opened.IsOpenByHub = true;
        return opened.IsWritable || access.Allows(iModel.IModelId, IModelRight.Write) ? answer : OpenAnswers.WithoutWriting(answer);
    }

    /// <summary>Opens an iModel that was found, or introduces the person anew when it is open.</summary>
    /// <exception cref="LiveRefusedException">The caller has no right, or has too many open, or the owner refuses.</exception>
    public async Task<(OpenedIModel Opened, ReadOnlyMemory<byte> Answer)> OpenAsync(LiveIModelRef iModel, PersonArguments? person, CancellationToken cancellationToken)
    {
        if (!access.Allows(iModel.IModelId, IModelRight.Read))
            throw NoIModel();
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open.TryGetValue(iModel.Key, out OpenedIModel? opened))
            {
                if (person is not null)
                    opened.Session.OpenCall = OpenCall(opened.Session.Relay, person, opened.Session.Id);
                return (opened, Accepted(await services.Caller.CallAsync(iModel.Key, opened.Session.OpenCall, cancellationToken).ConfigureAwait(false)));
            }

            if (_open.Count >= services.Options.OpenPerConnection)
                throw new LiveRefusedException(LiveRefusals.Busy, $"A connection may have {services.Options.OpenPerConnection} iModels open. Close one.");
            return await OpenNewAsync(iModel, person, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes an iModel that <c>Open</c> opened; harmless when it is not open. A frontend's IPC may go on using it.</summary>
    public async Task CloseAsync(string key)
    {
        if (_open.GetValueOrDefault(key) is not { } opened)
            return;
        opened.IsOpenByHub = false;
        opened.Session.Subscribe(null);
        await CloseIfUnusedAsync(opened).ConfigureAwait(false);
    }

    /// <summary>Closes an iModel that IPC opened; harmless when it is not open.</summary>
    public async Task CloseIpcAsync(string key)
    {
        if (_open.GetValueOrDefault(key) is not { Ipc: { } ipc } opened)
            return;
        opened.Ipc = null;
        opened.Session.SendEvents(null);
        if (ipc.Staged.Count > 0)
            await CallAsync(key, LiveOperation.Unstage, default, CancellationToken.None).ConfigureAwait(false);
        await CloseIfUnusedAsync(opened).ConfigureAwait(false);
    }

    /// <summary>Whether the caller may see an iModel.</summary>
    public bool MayRead(LiveIModelRef iModel) => access.Allows(iModel.IModelId, IModelRight.Read);

    /// <summary>An iModel that is open here; null when it is not.</summary>
    public OpenedIModel? Find(string key) => _open.GetValueOrDefault(key);

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
        foreach ((string key, OpenedIModel opened) in _open)
        {
            _open.TryRemove(key, out _);
            await EndAsync(key, opened.Session).ConfigureAwait(false);
        }

        await _rate.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private OpenedIModel Get(string key) => _open.GetValueOrDefault(key)
        ?? throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "The iModel is not open on this connection. Open it first.");

    private static LiveRefusedException NoIModel() => new(LiveRefusals.InvalidTransaction, "There is no such iModel.");

    // The refusal of an opening is thrown like any other.
    private static ReadOnlyMemory<byte> Accepted(ReadOnlyMemory<byte> answer) => LiveStateReader.TryRead(answer.Span) is not null
        ? answer
        : throw new LiveRefusedException(JsonSerializer.Deserialize(answer.Span, LiveJson.Default.LiveRefusalAnswer)!.Error);

    private LiveCall OpenCall(IModelRelay relay, PersonArguments? person, string session)
    {
        var request = new OpenRequest(relay.RelayId, person?.Color is { Length: > 0 and <= 64 } color ? color : null);
        return new LiveCall(
            LiveOperation.Open, session, LiveUsers.Of(principal, person, session), JsonSerializer.SerializeToUtf8Bytes(request, LiveCallJson.Default.OpenRequest));
    }

    private async Task<(OpenedIModel Opened, ReadOnlyMemory<byte> Answer)> OpenNewAsync(
        LiveIModelRef iModel, PersonArguments? person, CancellationToken cancellationToken)
    {
        IModelRelay relay = services.Relays.Take(iModel.Key);
        LiveCall call = OpenCall(relay, person, Guid.NewGuid().ToString("N"));
        var session = new RelaySession(relay, client, call, services.Logger);
        try
        {
            ReadOnlyMemory<byte> answer = Accepted(await services.Caller.CallAsync(iModel.Key, call, cancellationToken).ConfigureAwait(false));
            var opened = new OpenedIModel(iModel, session, OpenAnswers.IsWritable(answer) && access.Allows(iModel.IModelId, IModelRight.Write));
            relay.Add(session);
            session.Start();
            _open[iModel.Key] = opened;
            return (opened, answer);
        }
        catch
        {
            await EndAsync(iModel.Key, session).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CloseIfUnusedAsync(OpenedIModel opened)
    {
        if (!opened.IsOpenByHub && opened.Ipc is null && _open.TryRemove(KeyValuePair.Create(opened.IModel.Key, opened)))
            await EndAsync(opened.IModel.Key, opened.Session).ConfigureAwait(false);
    }

    private async Task EndAsync(string key, RelaySession session)
    {
        await session.DisposeAsync().ConfigureAwait(false);
        await services.Relays.ReturnAsync(session.Relay).ConfigureAwait(false);
        await services.Caller.CallAsync(key, new LiveCall(LiveOperation.Close, session.Id, session.User), CancellationToken.None).ConfigureAwait(false);
    }
}
