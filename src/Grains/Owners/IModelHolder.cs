using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live.Writing;
using ITwinOrleans.Grains.Telemetry;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Keeps one iModel open or closed: opens it once however many ask, and never has two files of it open.</summary>
/// <remarks>
/// At any moment it is closed, open, or in one transition (an opening, or a closing). Who needs it open waits for the transition and looks again,
/// so every rule (replaced file, lost worker, evicted, disposed) is one look at the state.
/// </remarks>
internal sealed partial class IModelHolder(string key, OwnerContext context, IModelWorkerClient worker, WritableOpener writing, bool mayWrite = true)
    : ISlotHolder, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposing = new();
    private OpenIModel? _open;
    private Task _transition = Task.CompletedTask;
    private bool _opening, _disposed, _forWriting;
    private DateTimeOffset _lastUsed = context.Time.GetUtcNow();

    /// <summary>How often the file was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>Why the iModel cannot be written now; null when it can, or nobody tried.</summary>
    public LiveRefusal? WriteRefusal => writing.Refusal;

    /// <summary>Says that somebody is using the iModel without a call (live sessions), so that it is not closed to make room for another.</summary>
    public Func<bool> IsInUse { get; set; } = static () => false;

    public DateTimeOffset LastUsed
    {
        get
        {
            lock (_lock)
                return _lastUsed;
        }
    }

    public IModelState State
    {
        get
        {
            lock (_lock)
            {
                if (!_transition.IsCompleted)
                    return _opening ? IModelState.Opening : IModelState.Closing;
                return IsAlive(_open) ? IModelState.Open : IModelState.Closed;
            }
        }
    }

    /// <summary>Whether it is open, and stays the same for ever.</summary>
    public bool IsFixed
    {
        get
        {
            lock (_lock)
                return IsAlive(_open) && _open!.Freshness == RpcFreshness.Fixed;
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _transition.IsCompleted && _open is { Calls: 0 } && !IsInUse();
        }
    }

    /// <summary>The open iModel, opened if need be; null when there is no such file. <see cref="Leave"/> it after use.</summary>
    /// <exception cref="NotAnIModelException">The file cannot be opened.</exception>
    /// <exception cref="IModelBusyException">Too many iModels are open, the opening took too long, or the owner ends.</exception>
    /// <exception cref="WorkerException">The worker was lost or has no room.</exception>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="forWriting">Whether it should be open for writing, and stay so. It is for reading nevertheless where <see cref="WriteRefusal"/> says why.</param>
    public async Task<OpenIModel?> EnterAsync(CancellationToken cancellationToken, bool forWriting = false)
    {
        while (context.Catalog.Find(key) is { } entry)
        {
            if (entry.State == CatalogState.Invalid)
                throw new NotAnIModelException(entry.Reason ?? "it is not valid");
            Task transition;
            lock (_lock)
            {
                if (_disposed)
                    throw new IModelBusyException("The iModel is moving or the server is stopping.", context.Options.RetryAfter, isMoving: true);
                _forWriting |= forWriting;
                if (_transition.IsCompleted)
                {
                    var isFit = !forWriting || _open?.Writing is not null || !writing.MayTry;
                    if (_open is not null && IsAlive(_open) && _open.Entry.Identity == entry.Identity && isFit)
                    {
                        _lastUsed = context.Time.GetUtcNow();
                        _open.Enter();
                        return _open;
                    }

                    Begin(opening: true, OpenAsync);
                }

                transition = _transition;
            }

            await transition.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>A call has ended.</summary>
    public void Leave(OpenIModel open)
    {
        lock (_lock)
        {
            _lastUsed = context.Time.GetUtcNow();
            open.Leave();
        }

        context.Limit.Pulse();
    }

    /// <summary>The worker no longer has this opening: the next call opens anew.</summary>
    public void Forget(OpenIModel lost)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_open, lost))
                return;
            _open = null;
            lost.Retire();
        }

        lost.Slot.Dispose();
    }

    /// <inheritdoc/>
    public async Task<bool> CloseIfIdleAsync()
    {
        Task closing;
        lock (_lock)
        {
            if (_disposed || !_transition.IsCompleted || _open is not { Calls: 0 } || IsInUse())
                return false;
            _forWriting = false;
            closing = Begin(opening: false, CloseAsync);
        }

        await closing.ConfigureAwait(false);
        return true;
    }

    /// <summary>Closes what is open if its file is no longer the one of the catalogue.</summary>
    public void RetireIfReplaced(CatalogEntry? now)
    {
        lock (_lock)
        {
            if (!_disposed && _transition.IsCompleted && _open is not null && _open.Entry.Identity != now?.Identity)
                Begin(opening: false, CloseAsync);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task before;
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            before = _transition;
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync().ConfigureAwait(false);
        _disposing.Dispose();
    }

    // What lived in an earlier process of the worker is gone with it.
    private bool IsAlive(OpenIModel? open) => open is not null && open.Generation == worker.Generation;

    // Under the lock. The work itself runs on the pool: nothing of it belongs to whoever came first, nor to a grain's turn.
    private Task Begin(bool opening, Func<Task> work)
    {
        _opening = opening;
        return _transition = Task.Run(work);
    }

    private async Task OpenAsync()
    {
        await CloseAsync(toReopen: true).ConfigureAwait(false);
        if (context.Catalog.Refresh(key) is not { } entry)
            return;
        using var limit = new CancellationTokenSource(context.Options.OpenTimeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _disposing.Token);
        IDisposable? slot = null;
        var operation = OwnerTelemetry.StartOpening(key);
        OpenIModel? opened = null;
        try
        {
            slot = await context.Limit.EnterAsync(this, either.Token).ConfigureAwait(false);
            var handle = $"{key}#{Guid.NewGuid():N}";
            var isElsewhere = mayWrite && await writing.IsNeededToReadAsync(entry, either.Token).ConfigureAwait(false);
            var writable = (_forWriting || isElsewhere) && writing.MayTry ? await writing.TryOpenAsync(handle, entry, either.Token).ConfigureAwait(false) : null;
            if (isElsewhere && writable is null)
                throw new IModelBusyException($"The iModel's newest state cannot be opened now: {writing.Refusal?.Message}", context.Options.RetryAfter);
            var props = writable?.Props ?? await worker.OpenAsync(new OpenWork(handle, key, entry.Identity.Path), either.Token).ConfigureAwait(false);

            // A live iModel's props change with commits; only the worker knows them.
            var connection = writable is null ? props : ReadOnlyMemory<byte>.Empty;
            opened = new OpenIModel(handle, entry, IModelDescription.Parse(props), connection, worker.Generation, slot, writable);
            Opened(opened);
            slot = null;
        }
        catch (FormatException exception)
        {
            throw new NotAnIModelException(exception.Message, inner: exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new IModelBusyException("The iModel could not be opened in time.", context.Options.RetryAfter, exception);
        }
        finally
        {
            slot?.Dispose();
            OwnerTelemetry.EndOpening(operation, opened?.Writing?.State, opened is not null);
        }
    }

    private void Opened(OpenIModel open)
    {
        lock (_lock)
        {
            _open = open;
            _lastUsed = context.Time.GetUtcNow();
            Openings++;
        }

        Log.Opened(context.Logger, key, worker.Name, open.Generation);
    }

    private Task CloseAsync() => CloseAsync(toReopen: false);

    /// <summary>Closes what is open, if anything is; never fails.</summary>
    private async Task CloseAsync(bool toReopen)
    {
        OpenIModel? open;
        lock (_lock)
        {
            open = _open;
            _open = null;
            open?.Retire();
        }

        if (open is null)
        {
            await writing.EndAsync(release: !toReopen).ConfigureAwait(false);
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(context.Options.DrainTime, context.Time);
            await open.Drained.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (IsAlive(open))
                await CloseAsync(open).ConfigureAwait(false);
            await writing.EndAsync(release: !toReopen).ConfigureAwait(false);
        }
        finally
        {
            open.Slot.Dispose();
        }
    }

    private async Task CloseAsync(OpenIModel open)
    {
        using var limit = new CancellationTokenSource(context.Options.DrainTime, context.Time);
        try
        {
            await writing.FlushAsync(limit.Token).ConfigureAwait(false);
            await worker.CloseAsync(open.Handle, limit.Token).ConfigureAwait(false);
            Log.Closed(context.Logger, key, worker.Name);
        }
        catch (Exception exception) when (exception is WorkerException or OperationCanceledException)
        {
            Log.NotClosed(context.Logger, key, worker.Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2111, Level = LogLevel.Information, Message = "Opened {Key} in {Worker}, generation {Generation}.")]
        public static partial void Opened(ILogger logger, string key, string worker, int generation);

        [LoggerMessage(EventId = 2112, Level = LogLevel.Information, Message = "Closed {Key} in {Worker}.")]
        public static partial void Closed(ILogger logger, string key, string worker);

        [LoggerMessage(EventId = 2113, Level = LogLevel.Warning, Message = "Could not close {Key} in {Worker}.")]
        public static partial void NotClosed(ILogger logger, string key, string worker, Exception exception);
    }
}
