using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>A worker that is this process: the same handler, contract and bounds without a border in between. Nothing can replace it when it is lost.</summary>
public sealed partial class InProcessWorker : IWorker
{
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WorkerOptions _options;
    private readonly ILogger _logger;
    private readonly LocalEvents _events;
    private readonly CallGate _gate;
    private readonly StateNotifier _state;
    private readonly Task<IWorkHandler> _handler;
    private Task? _draining;

    /// <summary>Makes the handler; calls wait until it is there.</summary>
    /// <param name="name">The worker's name, for logs.</param>
    /// <param name="factory">Makes the handler.</param>
    /// <param name="options">The settings, already validated.</param>
    /// <param name="logger">Gets what fails.</param>
    public InProcessWorker(string name, WorkHandlerFactory factory, WorkerOptions options, ILogger<InProcessWorker> logger)
    {
        Name = name;
        _options = options;
        _logger = logger;
        _events = new LocalEvents(options.MaxUnreadEvents, options.MaxEventBytes);
        _gate = new CallGate(options.MaxInFlight, options.MaxRequestBytes, options.MaxWaiting);
        _state = new StateNotifier(this, e => Log.SubscriberFailed(_logger, e, name));
        _handler = Task.Run(() => StartAsync(factory));
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
    public int Generation => 1;

    /// <inheritdoc/>
    public async Task<WorkResponse> CallAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var frame = OutgoingFrame.Request(0, request);
        frame.Check(_options.MaxMessageBytes);
        await _gate.EnterAsync(frame.Length, cancellationToken).ConfigureAwait(false);
        var work = RunAsync(request, frame.Length, cancellationToken);
        if (!cancellationToken.CanBeCanceled || work.IsCompleted)
            return await work.ConfigureAwait(false);
        try
        {
            return await work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            // Nobody waits for it any more, and the memory of its answer has no other owner.
            _ = work.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The handler's own, for a token that the caller does not know.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<WorkEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
            return _draining ??= StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _events.Complete();
    }

    private WorkerLostException Stopped() => new(WorkerLossReason.Stopped, mayHaveRun: false, $"Worker {Name} is stopping and takes no more calls.", Generation);

    private async Task<IWorkHandler> StartAsync(WorkHandlerFactory factory)
    {
        try
        {
            var handler = await factory(_events, _stop.Token).ConfigureAwait(false);
            _state.Set(WorkerState.Ready, Generation);
            return handler;
        }
        catch (Exception e)
        {
            Log.StartFailed(_logger, e, Name);
            _state.Set(WorkerState.Stopped, Generation, WorkerLossReason.StartFailed);
            throw new WorkerLostException(WorkerLossReason.StartFailed, mayHaveRun: false, $"Worker {Name} did not start: {e.Message}", Generation, e);
        }
    }

    private async Task<WorkResponse> RunAsync(WorkRequest request, long bytes, CancellationToken cancellationToken)
    {
        try
        {
            var handler = await _handler.ConfigureAwait(false);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            var response = await handler.RunAsync(request, linked.Token).ConfigureAwait(false)
                ?? throw new WorkFailedException(WorkFailedException.InternalError, "The handler returned nothing.");
            Check(response);
            return response;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WorkerLostException(WorkerLossReason.Stopped, mayHaveRun: true, $"Worker {Name} was stopped while the call was in flight.", Generation);
        }
        catch (Exception e) when (e is not (WorkerException or OperationCanceledException))
        {
            throw new WorkFailedException(WorkFailedException.InternalError, $"{e.GetType().Name}: {e.Message}", inner: e);
        }
        finally
        {
            _gate.Exit(bytes);
        }
    }

    // The limit on answers is the same as over the socket, so that what runs here also runs there.
    private void Check(WorkResponse response)
    {
        var bytes = response.Json.Length + response.Binaries.Sum(binary => (long)binary.Length);
        if (bytes <= _options.MaxMessageBytes && response.Binaries.Count <= WorkRequest.MaxBinaries)
            return;
        var shape = $"The answer has {bytes} bytes in {response.Binaries.Count} binary parts";
        response.Dispose();
        throw new WorkerOverloadedException(WorkerLimit.MessageSize, $"{shape}; {_options.MaxMessageBytes} in {WorkRequest.MaxBinaries} are allowed.", mayHaveRun: true);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _gate.Close(Stopped);
        _state.Set(WorkerState.Draining, Generation);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.DrainTimeout);
        await _gate.WhenEmptyAsync().WaitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        // A handler is disposed after its last call: one that ignores its cancellation is waited for.
        await _gate.WhenEmptyAsync().ConfigureAwait(false);
        try
        {
            await (await _handler.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.EndFailed(_logger, e, Name);
        }
        _state.Set(WorkerState.Stopped, Generation);
    }

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Error, "Worker {Worker} (in-process) did not start.")]
        public static partial void StartFailed(ILogger logger, Exception exception, string worker);

        [LoggerMessage(31, LogLevel.Error, "The end of worker {Worker} (in-process) failed.")]
        public static partial void EndFailed(ILogger logger, Exception exception, string worker);

        [LoggerMessage(32, LogLevel.Error, "A subscriber to the states of worker {Worker} failed.")]
        public static partial void SubscriberFailed(ILogger logger, Exception exception, string worker);
    }
}
