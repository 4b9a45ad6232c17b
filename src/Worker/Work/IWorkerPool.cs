namespace ITwinOrleans.Worker.Work;

/// <summary>The workers of one silo: a few shared ones, and one of its own for a key that needs it.</summary>
public interface IWorkerPool : IAsyncDisposable
{
    /// <summary>All workers, shared and dedicated, at this moment.</summary>
    IReadOnlyList<IWorker> Workers { get; }

    /// <summary>Starts the shared workers that no key has started yet, so that the first to come does not wait for a process.</summary>
    void StartShared();

    /// <summary>The worker of a key (an iModel): its dedicated one, else always the same shared one.</summary>
    IWorker GetWorker(string key);

    /// <summary>Gives a key a worker of its own, starting one unless it has one already. In-process there is one engine, which stays shared.</summary>
    /// <exception cref="WorkerOverloadedException">There are already as many dedicated workers as the settings allow.</exception>
    IWorker Dedicate(string key);

    /// <summary>Drains and ends a key's dedicated worker; harmless without one.</summary>
    Task ReleaseAsync(string key, CancellationToken cancellationToken);

    /// <summary>Drains and ends all workers.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
