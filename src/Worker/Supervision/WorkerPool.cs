using System.Text;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>The workers of one silo. Shared ones start with their first key; a key's worker stays the same as long as the pool lives.</summary>
public sealed class WorkerPool : IWorkerPool
{
    private readonly Lock _sync = new();
    private readonly WorkerOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly WorkHandlerFactory? _inProcess;
    private readonly IWorker?[] _shared;
    private readonly Dictionary<string, IWorker> _dedicated = [];
    private bool _isStopping;

    /// <summary>Creates a pool; nothing starts yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="loggers">Make the workers' loggers.</param>
    /// <param name="time">The clock of delays and limits.</param>
    /// <param name="inProcess">Makes the handler for <see cref="WorkerMode.InProcess"/>.</param>
    /// <exception cref="ArgumentException">The settings ask for in-process work and there is no handler for it.</exception>
    public WorkerPool(IOptions<WorkerOptions> options, ILoggerFactory loggers, TimeProvider time, WorkHandlerFactory? inProcess = null)
    {
        _options = options.Value;
        _loggers = loggers;
        _time = time;
        _inProcess = inProcess;
        if (_options.Mode == WorkerMode.InProcess && inProcess is null)
            throw new ArgumentException("In-process work needs a handler.", nameof(inProcess));
        _shared = new IWorker?[_options.Mode == WorkerMode.InProcess ? 1 : _options.SharedWorkers];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IWorker> Workers
    {
        get
        {
            lock (_sync)
                return [.. _shared.OfType<IWorker>(), .. _dedicated.Values];
        }
    }

    /// <inheritdoc/>
    public void StartShared()
    {
        lock (_sync)
        {
            for (var index = 0; index < _shared.Length; index++)
                Shared(index);
        }
    }

    /// <inheritdoc/>
    public IWorker GetWorker(string key)
    {
        lock (_sync)
            return _dedicated.TryGetValue(key, out var own) ? own : Shared((int)(Hash(key) % (uint)_shared.Length));
    }

    /// <inheritdoc/>
    public IWorker Dedicate(string key)
    {
        if (_options.Mode == WorkerMode.InProcess)
            return GetWorker(key);
        lock (_sync)
        {
            if (_dedicated.TryGetValue(key, out var own))
                return own;
            if (_dedicated.Count >= _options.MaxDedicatedWorkers)
            {
                throw new WorkerOverloadedException(WorkerLimit.DedicatedWorkers,
                    $"There are already {_options.MaxDedicatedWorkers} dedicated workers.");
            }
            return _dedicated[key] = Create($"dedicated-{key}");
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(string key, CancellationToken cancellationToken)
    {
        IWorker? own;
        lock (_sync)
        {
            if (!_dedicated.Remove(key, out own))
                return;
        }
        await own.DrainAsync(cancellationToken).ConfigureAwait(false);
        await own.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
            _isStopping = true;
        await Task.WhenAll(Workers.Select(worker => worker.DrainAsync(cancellationToken))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_sync)
            _isStopping = true;
        await Task.WhenAll(Workers.Select(worker => worker.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    // FNV-1a: stable, where string.GetHashCode differs between processes, so that logs of two runs can be compared.
    private static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 16777619u;
        return hash;
    }

    // Under the lock.
    private IWorker Shared(int index) => _shared[index] ??= Create($"shared-{index}");

    private IWorker Create(string name)
    {
        if (_isStopping)
            throw new WorkerLostException(WorkerLossReason.Stopped, mayHaveRun: false, "The pool is stopping and starts no more workers.");
        return _options.Mode == WorkerMode.InProcess
            ? new InProcessWorker(name, _inProcess!, _options, _loggers.CreateLogger<InProcessWorker>())
            : new WorkerProcess(name, _options, _loggers.CreateLogger<WorkerProcess>(), _time);
    }
}
