using ITwinOrleans.Api.Live;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Routing;

namespace ITwinOrleans.Api.Hosting;

/// <summary>The hub's iModels are those of the catalogue, and their owners grains.</summary>
internal sealed class ClusterLiveIModels(IModelCatalog catalog, IIModelCluster cluster) : ILiveIModels
{
    /// <inheritdoc/>
    public async Task<LiveIModelRef?> FindAsync(string? key, string? iTwinId, string? iModelId, CancellationToken cancellationToken)
    {
        CatalogEntry? entry = key is null ? null : catalog.Find(key);
        if (entry is null or { State: CatalogState.Unread })
            await catalog.WhenReadAsync(cancellationToken).ConfigureAwait(false);
        entry = key is not null ? catalog.Find(key) : catalog.FindEditable(iTwinId, iModelId);
        return entry is null ? null : new LiveIModelRef(entry.Key, entry.Description?.IModelId ?? "", entry.Description?.ITwinId ?? "");
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveCall call, CancellationToken cancellationToken) =>
        await cluster.CallLiveAsync(key, call, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<LiveNews> ReadAsync(string key, LiveRead read, CancellationToken cancellationToken) =>
        await cluster.ReadLiveAsync(key, read, cancellationToken).ConfigureAwait(false);
}
