using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>A pool of <see cref="MemoryWorker"/>.</summary>
public sealed class MemoryWorkerPool(int size, EngineLog log) : IWorkerPool
{
    private readonly MemoryWorker[] _workers = [.. Enumerable.Range(0, size).Select(i => new MemoryWorker($"memory-{i}", () => new FileEngine(log)))];

    public IReadOnlyList<IWorker> Workers => _workers;

    public MemoryWorker WorkerOf(string key) => _workers[key.Sum(c => c) % _workers.Length];

    public void StartShared()
    {
        // They run from the beginning.
    }

    public IWorker GetWorker(string key) => WorkerOf(key);

    public IWorker Dedicate(string key) => GetWorker(key);

    public Task ReleaseAsync(string key, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(_workers.Select(w => w.DrainAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }
}
