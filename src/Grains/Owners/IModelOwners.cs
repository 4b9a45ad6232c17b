using System.Collections.Concurrent;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Owners;

/// <summary>The owners of one silo. An owner is there as long as its grain is active; its iModel may be closed and opened meanwhile.</summary>
public sealed class IModelOwners : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IModelOwner> _owners = new(StringComparer.Ordinal), _replicas = new(StringComparer.Ordinal);
    private readonly OwnerContext _context;

    /// <summary>Creates the silo's owners.</summary>
    public IModelOwners(
        IModelCatalog catalog, IWorkerPool pool, OpenIModelLimit limit, IOperationSafety safety,
        IOptions<OwnerOptions> options, TimeProvider time, ILogger<IModelOwner> logger, LiveContext live)
    {
        _context = new OwnerContext(catalog, pool, limit, safety, options.Value, time, logger, live);
        catalog.Changed += OnChanged;
    }

    /// <summary>What the owners do now, by key.</summary>
    public IReadOnlyDictionary<string, IModelStatus> Statuses => _owners.ToDictionary(o => o.Key, o => o.Value.Status, StringComparer.Ordinal);

    /// <summary>What the replicas do now that the silo has of iModels whose owners are on others.</summary>
    public IReadOnlyList<IModelStatus> Replicas => [.. _replicas.Values.Select(r => r.Status)];

    /// <summary>The calls that run or wait at all owners and replicas.</summary>
    public int CallsInFlight => All.Sum(o => o.CallsInFlight);

    private IEnumerable<IModelOwner> All => _owners.Values.Concat(_replicas.Values);

    /// <summary>The owner of a key, made if there is none.</summary>
    public IModelOwner GetOrAdd(string key) => GetOrAdd(_owners, key, isReplica: false);

    /// <summary>The replica of a key, made if there is none.</summary>
    public IModelOwner GetOrAddReplica(string key) => GetOrAdd(_replicas, key, isReplica: true);

    /// <summary>The owner of a key, or null.</summary>
    public IModelOwner? Find(string key) => _owners.GetValueOrDefault(key);

    /// <summary>Closes an owner's iModel and lets the owner go.</summary>
    public async Task ReleaseAsync(IModelOwner owner)
    {
        (owner.IsReplica ? _replicas : _owners).TryRemove(KeyValuePair.Create(owner.Key, owner));
        await owner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes every iModel that was not used for its idle time.</summary>
    /// <returns>How many it closed.</returns>
    public async Task<int> CloseIdleAsync()
    {
        var closed = await Task.WhenAll(All.Select(o => o.CloseIfIdleAsync(_context.Options.IdleTime))).ConfigureAwait(false);
        return closed.Count(c => c);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _context.Catalog.Changed -= OnChanged;
        await Task.WhenAll(All.ToArray().Select(ReleaseAsync)).ConfigureAwait(false);
    }

    private void OnChanged(CatalogChange change)
    {
        _owners.GetValueOrDefault(change.Key)?.OnFileChanged(change.After);
        _replicas.GetValueOrDefault(change.Key)?.OnFileChanged(change.After);
    }

    private IModelOwner GetOrAdd(ConcurrentDictionary<string, IModelOwner> owners, string key, bool isReplica)
    {
        // An owner's timers live longer than the call that made it, and are no part of its trace.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            return owners.GetOrAdd(key, static (k, made) => new IModelOwner(k, made._context, made.isReplica), (_context, isReplica));
    }
}
