namespace ITwinOrleans.Worker.Work;

/// <summary>A place where work runs: a supervised process, or this process.</summary>
public interface IWorker : IAsyncDisposable
{
    /// <summary>The worker's name, for logs.</summary>
    string Name { get; }

    /// <summary>What it is doing now. May have changed when it is read: calls wait for a worker that is starting.</summary>
    WorkerState State { get; }

    /// <summary>How often it was started: 1 for the first process. What lived in an earlier generation (open iModels) is gone.</summary>
    int Generation { get; }

    /// <summary>Raised after every change of <see cref="State"/>, in order, from one thread at a time. A handler must return soon and may not throw.</summary>
    event Action<WorkerStateChange>? StateChanged;

    /// <summary>Runs one piece of work and waits for its answer. Waits for a worker that is starting or being replaced.</summary>
    /// <param name="request">The work; its memory must not change before the call has completed.</param>
    /// <param name="cancellationToken">Gives up at once and asks the worker to stop; the work may have been done nevertheless.</param>
    /// <returns>The answer, which the caller disposes.</returns>
    /// <exception cref="WorkFailedException">The work failed: its own error.</exception>
    /// <exception cref="WorkerLostException">The worker died, was killed or is stopping; it says whether the work may have run.</exception>
    /// <exception cref="WorkerOverloadedException">A limit was reached (size, calls in flight, calls waiting): nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<WorkResponse> CallAsync(WorkRequest request, CancellationToken cancellationToken);

    /// <summary>The worker's events, across its generations, until it is disposed. One reader at a time.</summary>
    /// <remarks>A reader that stops reading makes publishers wait; it never makes buffers grow, nor calls wait.</remarks>
    IAsyncEnumerable<WorkEvent> ReadEventsAsync(CancellationToken cancellationToken);

    /// <summary>Finishes the calls in flight, refuses new ones, then ends the worker for good.</summary>
    /// <param name="cancellationToken">Ends the worker without waiting any longer.</param>
    Task DrainAsync(CancellationToken cancellationToken);
}
