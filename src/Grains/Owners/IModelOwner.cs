using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Telemetry;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Owners;

/// <summary>The one owner of an iModel in a silo: opens its file once for everybody, runs calls on it, closes it when nobody uses it.</summary>
/// <remarks>
/// <para>Nothing here waits for native work on the caller's thread: all of it runs in a worker and is awaited. Calls interleave.</para>
/// <para>A reply owns the memory of its payload, from the worker's answer on. It belongs to whoever awaited <see cref="InvokeAsync"/>; a call that
/// ends with an exception leaves nothing behind.</para>
/// </remarks>
public sealed partial class IModelOwner : IAsyncDisposable
{
    private readonly OwnerContext _context;
    private readonly OwnerOptions _options;
    private readonly IModelWorkerClient _worker;
    private readonly IModelHolder _holder;
    private readonly CallGate _gate;
    private readonly SessionTable _sessions;
    private readonly LiveIModel _live;
    private readonly ILogger _logger;

    internal IModelOwner(string key, OwnerContext context, bool isReplica = false)
    {
        Key = key;
        IsReplica = isReplica;
        _context = context;
        _options = context.Options;
        _logger = context.Logger;
        var worker = context.Pool.GetWorker(key);
        _worker = new IModelWorkerClient(worker);
        var core = new LiveCore(key, context, worker, _worker);
        _holder = new IModelHolder(key, context, _worker, core.Opener, mayWrite: !isReplica);
        _live = new LiveIModel(key, context, _holder, core);
        _holder.IsInUse = () => _live.IsInUse;
        _gate = new CallGate(_options.MaxConcurrentCalls, _options.MaxQueuedCalls, _options.RetryAfter);
        _sessions = new SessionTable(_options.MaxSessions, _options.SessionTime, context.Time);
    }

    /// <summary>The iModel's file key.</summary>
    public string Key { get; }

    /// <summary>Whether it serves a fixed version beside the owner on another silo: it never writes, and serves nothing that is not fixed (any more).</summary>
    public bool IsReplica { get; }

    /// <summary>Whether the iModel is open, and the same for ever: one at a changeset that nobody edits.</summary>
    public bool IsFixed => _holder.IsFixed;

    /// <summary>Whether so many calls run or wait that other silos should serve the iModel, too (<see cref="OwnerOptions.ReplicaCalls"/>).</summary>
    public bool IsHot => _options.ReplicaCalls > 0 && CallsInFlight >= _options.ReplicaCalls;

    /// <summary>What it does now.</summary>
    public IModelStatus Status => _holder.State switch
    {
        var state => new IModelStatus(
            Key, state, state == IModelState.Closed ? "" : _worker.Name, _holder.Openings, _gate.Running, _gate.Queued, _holder.LastUsed, _sessions.Snapshot())
            {
                Writable = _live.Writable,
                People = _live.People,
                IsWriting = _live.IsWriting,
                IsReplica = IsReplica,
            },
    };

    /// <summary>The calls that run or wait.</summary>
    public int CallsInFlight => _gate.Running + _gate.Queued;

    /// <summary>Runs one operation, opening the iModel first where it is not open.</summary>
    /// <returns>The reply, which the caller disposes. Whatever goes wrong with the operation or the file is a reply too.</returns>
    /// <exception cref="IModelBusyException">A bound was reached; nothing ran.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RpcReply> InvokeAsync(RpcCall call, CancellationToken cancellationToken)
    {
        var operation = OwnerTelemetry.StartCall(Key, call);
        RpcStatus? status = null;
        try
        {
            var reply = await GuardAsync(call, cancellationToken).ConfigureAwait(false);
            status = reply.Status;
            return reply;
        }
        finally
        {
            OwnerTelemetry.EndCall(operation, call, operation.IsMeasured && _context.Safety.IsKnown(call), status);
        }
    }

    /// <summary>Whether another owner took over, so that this one writes nothing more and should end.</summary>
    public bool IsOver => _live.IsOver;

    /// <inheritdoc cref="LiveIModel.CallAsync"/>
    public Task<ReadOnlyMemory<byte>> CallLiveAsync(LiveCall call, CancellationToken cancellationToken) => _live.CallAsync(call, cancellationToken);

    /// <inheritdoc cref="LiveIModel.ReadAsync"/>
    public Task<LiveNews> ReadLiveAsync(LiveRead read, CancellationToken cancellationToken) => _live.ReadAsync(read, cancellationToken);

    /// <summary>Closes the iModel unless somebody uses it or used it within <paramref name="idleTime"/>. The next call opens it again.</summary>
    /// <returns>Whether it was closed by this.</returns>
    public async Task<bool> CloseIfIdleAsync(TimeSpan idleTime) =>
        _context.Time.GetUtcNow() - _holder.LastUsed >= idleTime && await _holder.CloseIfIdleAsync().ConfigureAwait(false);

    /// <summary>Ends the live side before the owner itself: takes no more writes, waits for those that it has, and ends the waiting of the feed's readers.</summary>
    internal Task StopLiveAsync() => _live.StopAsync();

    /// <summary>Opens the iModel as another silo had it, before the first call; does nothing when that is not possible now.</summary>
    internal async Task ReopenAsync(bool forWriting, CancellationToken cancellationToken)
    {
        try
        {
            if (await _holder.EnterAsync(cancellationToken, forWriting).ConfigureAwait(false) is { } open)
                _holder.Leave(open);
        }
        catch (Exception exception) when (exception is NotAnIModelException or IModelBusyException or WorkerException or OperationCanceledException)
        {
            Log.NotReopened(_logger, Key, exception);
        }
    }

    /// <summary>Forgets a session that said good-bye. The iModel stays open for the others, and until it is idle.</summary>
    public void EndSession(string sessionId) => _sessions.Remove(sessionId);

    /// <summary>Closes the iModel after the calls in flight; those that come later fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await _live.StopAsync().ConfigureAwait(false);
        await _holder.DisposeAsync().ConfigureAwait(false);
        _live.Dispose();
    }

    /// <summary>Told that the file is another now: closes the old one after its calls in flight.</summary>
    internal void OnFileChanged(CatalogEntry? now) => _holder.RetireIfReplaced(now);

    // Bounds what runs at once, and for how long.
    private async Task<RpcReply> GuardAsync(RpcCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.CallTimeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var pass = await _gate.EnterAsync(either.Token).ConfigureAwait(false);
            _sessions.Touch(call.Activity);
            return await RunAsync(call, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TimedOut(_logger, call.Interface, call.Operation, Key, call.Activity.Id);
            return Replies.TimedOut(_options.CallTimeout);
        }
    }

    private async Task<RpcReply> RunAsync(RpcCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(call, attempt, cancellationToken).ConfigureAwait(false) is { } reply)
                return reply;
            Log.Repeating(_logger, call.Interface, call.Operation, Key, attempt, call.Activity.Id);
        }
    }

    /// <summary>One attempt; null means that it has to be repeated.</summary>
    private async Task<RpcReply?> TryAsync(RpcCall call, int attempt, CancellationToken cancellationToken)
    {
        OpenIModel? open = null;
        try
        {
            open = await _holder.EnterAsync(cancellationToken).ConfigureAwait(false);
            if (open is null)
                return Replies.NotFound();
            if (IsReplica && open.Freshness != RpcFreshness.Fixed)
                throw new IModelBusyException("The iModel is no fixed version any more: its owner serves it.", _options.RetryAfter, isMoving: true);
            return ConnectionAnswer.To(call, open) ?? await _worker.InvokeAsync(open.Handle, open.Freshness, call, cancellationToken).ConfigureAwait(false);
        }
        catch (NotAnIModelException exception)
        {
            return Replies.CannotOpen(exception.Message, exception.ErrorNumber);
        }
        catch (WorkFailedException exception) when (exception.Name == IModelWork.NotOpenError && open is not null)
        {
            _holder.Forget(open);
            return attempt <= _options.MaxRetries ? null : Replies.Lost(attempt);
        }
        catch (Exception exception) when (exception is WorkFailedException or WorkerProtocolException)
        {
            Log.Broken(_logger, call.Interface, call.Operation, Key, call.Activity.Id, exception);
            return Replies.Broken();
        }
        catch (WorkerLostException exception)
        {
            return AfterLoss(call, open, attempt, exception);
        }
        catch (WorkerOverloadedException exception) when (exception.Limit is WorkerLimit.CallsInFlight or WorkerLimit.CallsWaiting)
        {
            throw new IModelBusyException("The server has too much to do.", _options.RetryAfter, exception);
        }
        catch (WorkerOverloadedException exception)
        {
            return Replies.Rejected("TooLarge", exception.MayHaveRun ? "The answer is too large." : "The request is too large.");
        }
        finally
        {
            if (open is not null)
                _holder.Leave(open);
        }
    }

    private RpcReply? AfterLoss(RpcCall call, OpenIModel? open, int attempt, WorkerLostException loss)
    {
        Log.Lost(_logger, loss.Reason, call.Interface, call.Operation, Key, call.Activity.Id, loss);
        if (loss.Reason == WorkerLossReason.Stopped)
            throw new IModelBusyException("The server is stopping.", _options.RetryAfter, loss, isMoving: true);
        if (open is not null)
            _holder.Forget(open);

        // Without an open iModel the loss was that of the opening, which changes nothing and may be repeated.
        if (loss.MayHaveRun && open is not null && !_context.Safety.IsRepeatable(call))
            return Replies.OutcomeUnknown();
        return attempt <= _options.MaxRetries ? null : Replies.Lost(attempt);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2105, Level = LogLevel.Warning, Message = "{Key} moved here, and is not open yet.")]
        public static partial void NotReopened(ILogger logger, string key, Exception exception);

        [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Interface}.{Operation} on {Key} took too long ({ActivityId}).")]
        public static partial void TimedOut(ILogger logger, string @interface, string operation, string key, string activityId);

        [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "{Interface}.{Operation} on {Key} is repeated after attempt {Attempt} ({ActivityId}).")]
        public static partial void Repeating(ILogger logger, string @interface, string operation, string key, int attempt, string activityId);

        [LoggerMessage(EventId = 2103, Level = LogLevel.Error, Message = "{Interface}.{Operation} on {Key} broke ({ActivityId}).")]
        public static partial void Broken(ILogger logger, string @interface, string operation, string key, string activityId, Exception exception);

        [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "The worker was lost ({Reason}) under {Interface}.{Operation} on {Key} ({ActivityId}).")]
        public static partial void Lost(ILogger logger, WorkerLossReason reason, string @interface, string operation, string key, string activityId, Exception exception);
    }
}
