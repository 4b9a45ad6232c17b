using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>A worker in a process of its own, kept running: lost processes are replaced, with back-off, until it is drained or disposed.</summary>
public sealed partial class WorkerProcess : IWorker
{
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventQueue _events;
    private readonly StateNotifier _state;
    private readonly Task _supervision;
    private TaskCompletionSource<WorkerGeneration> _ready = NewReady();
    private WorkerGeneration? _current;
    private Task? _draining;
    private int _generation;
    private int _waiting;

    /// <summary>Starts a worker; calls wait until it is ready.</summary>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="options">The settings, already validated.</param>
    /// <param name="logger">Gets its life: starts, losses with their cause and last output.</param>
    /// <param name="time">The clock of delays and limits.</param>
    public WorkerProcess(string name, WorkerOptions options, ILogger<WorkerProcess> logger, TimeProvider time)
    {
        Name = name;
        _options = options;
        _logger = logger;
        _time = time;
        _events = new EventQueue(options.MaxUnreadEvents);
        _state = new StateNotifier(this, e => Log.SubscriberFailed(_logger, e, name));
        _supervision = Task.Run(SuperviseAsync);
    }

    /// <inheritdoc/>
    public event Action<WorkerStateChange>? StateChanged
    {
        add => _state.Changed += value;
        remove => _state.Changed -= value;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public WorkerState State => _state.Current;

    /// <inheritdoc/>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The id of the process that takes work now; null while there is none.</summary>
    public int? ProcessId => Volatile.Read(ref _current)?.ProcessId;

    /// <inheritdoc/>
    public async Task<WorkResponse> CallAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var ready = Volatile.Read(ref _ready).Task;
        var generation = ready.IsCompletedSuccessfully
            ? await ready.ConfigureAwait(false)
            : await WaitUntilReadyAsync(ready, cancellationToken).ConfigureAwait(false);
        using var span = WorkerTelemetry.StartCall(Name, request);
        return await generation.Connection.CallAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<WorkEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            _draining ??= StopAsync();
            if (!_draining.IsCompleted)
                cancellationToken.UnsafeRegister(static self => ((WorkerProcess)self!).Kill(), this);
            return _draining;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _events.Complete();
    }

    private static TaskCompletionSource<WorkerGeneration> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerLostException Stopped() => new(WorkerLossReason.Stopped, mayHaveRun: false, $"Worker {Name} is stopping and takes no more calls.", Generation);

    private async Task<WorkerGeneration> WaitUntilReadyAsync(Task<WorkerGeneration> ready, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new WorkerOverloadedException(WorkerLimit.CallsWaiting, $"Already {_options.MaxWaiting} calls wait for worker {Name} to start.");
        }
        try
        {
            return await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task SuperviseAsync()
    {
        var backoff = new RestartBackoff(_options, Random.Shared);
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _generation);
            _state.Set(WorkerState.Starting, number);
            var uptime = TimeSpan.Zero;
            WorkerLoss loss;
            try
            {
                await using var generation = await WorkerGeneration.StartAsync(Name, number, _options, _events, _time, _logger, _stop.Token).ConfigureAwait(false);
                var since = _time.GetTimestamp();
                if (Publish(generation))
                    _state.Set(WorkerState.Ready, number);
                else
                    generation.Kill();
                loss = await generation.WatchAsync(() => Volatile.Read(ref _draining) is not null).ConfigureAwait(false);
                uptime = _time.GetElapsedTime(since);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Also what nobody foresaw: supervision goes on, or calls would wait for ever.
                loss = new WorkerLoss(WorkerLossReason.StartFailed, e.Message);
                Log.StartFailed(_logger, e is WorkerStartException ? null : e, Name, number, e.Message);
                Withdraw(loss, number);
            }
            if (_stop.IsCancellationRequested || Volatile.Read(ref _draining) is not null)
                break;
            WorkerTelemetry.Lost(loss.Reason);
            _state.Set(WorkerState.Restarting, number, loss.Reason);
            var delay = backoff.Next(uptime);
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // False when the worker is to stop: nobody may get this generation any more.
    private bool Publish(WorkerGeneration generation)
    {
        TaskCompletionSource<WorkerGeneration> ready;
        lock (_sync)
        {
            if (_draining is not null)
                return false;
            _current = generation;
            ready = _ready;
        }
        // Calls made from here on find it; when it is lost, they are to wait for the next one.
        generation.Connection.Lost += () => Unpublish(generation);
        ready.TrySetResult(generation);
        return true;
    }

    private void Unpublish(WorkerGeneration generation)
    {
        lock (_sync)
        {
            if (_current != generation)
                return;
            _current = null;
            if (_draining is null)
                _ready = NewReady();
        }
    }

    // A start failed: those who wait for it are told, those who come later wait for the next one.
    private void Withdraw(WorkerLoss loss, int number)
    {
        TaskCompletionSource<WorkerGeneration> ready;
        lock (_sync)
        {
            if (_draining is not null)
                return;
            ready = _ready;
            _ready = NewReady();
        }
        Fail(ready, loss.ToException(Name, number, mayHaveRun: false));
    }

    private async Task StopAsync()
    {
        // Not on the caller's thread, which holds the lock.
        await Task.Yield();
        WorkerGeneration? current;
        lock (_sync)
        {
            current = _current;
            var refused = NewReady();
            Fail(refused, Stopped());
            // Those who wait for a start that is now given up.
            Fail(_ready, Stopped());
            _ready = refused;
        }
        _state.Set(WorkerState.Draining, Generation);
        if (current is not null)
        {
            using var timeout = new CancellationTokenSource(_options.DrainTimeout, _time);
            try
            {
                await current.Connection.DrainAsync(Stopped, timeout.Token).ConfigureAwait(false);
                await current.Exited.WaitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Log.DrainTimedOut(_logger, Name, _options.DrainTimeout.TotalSeconds);
                current.Kill();
            }
        }
        await _stop.CancelAsync().ConfigureAwait(false);
        await _supervision.ConfigureAwait(false);
        _state.Set(WorkerState.Stopped, Generation);
    }

    private void Kill()
    {
        _ = _stop.CancelAsync();
        Volatile.Read(ref _current)?.Kill();
    }

    private static void Fail(TaskCompletionSource<WorkerGeneration> ready, WorkerLostException exception)
    {
        if (ready.TrySetException(exception))
            _ = ready.Task.Exception; // seen: it is no fault that nobody waits
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "Worker {Worker} generation {Generation} did not start: {Why}")]
        public static partial void StartFailed(ILogger logger, Exception? exception, string worker, int generation, string why);

        [LoggerMessage(21, LogLevel.Warning, "Worker {Worker} was not drained within {Seconds} s and is killed.")]
        public static partial void DrainTimedOut(ILogger logger, string worker, double seconds);

        [LoggerMessage(22, LogLevel.Error, "A subscriber to the states of worker {Worker} failed.")]
        public static partial void SubscriberFailed(ILogger logger, Exception exception, string worker);
    }
}
