using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Rpc;
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
        return entry is null ? null : RefOf(entry);
    }

    /// <inheritdoc/>
    public async Task<LiveIModelRef?> FindVersionAsync(
        string iTwinId, string iModelId, string? changesetId, int? changesetIndex, CancellationToken cancellationToken)
    {
        await catalog.WhenReadAsync(cancellationToken).ConfigureAwait(false);
        string? id = changesetId ?? catalog.Entries
            .Select(entry => entry.Description)
            .FirstOrDefault(d => d is not null && d.IModelId.Equals(iModelId, StringComparison.OrdinalIgnoreCase) && d.Changeset.Index == changesetIndex)?.Changeset.Id;
        CatalogEntry? entry = id is null
            ? null
            : await catalog.FindAsync(new IModelToken(null, iTwinId, iModelId, id), cancellationToken).ConfigureAwait(false);
        return entry is null ? null : RefOf(entry);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> GetConnectionPropsAsync(string key, CancellationToken cancellationToken)
    {
        // The operation refuses a token without ids, as core-backend does.
        IModelDescription? description = catalog.Find(key)?.Description;
        var token = new JsonObject
        {
            ["key"] = key,
            ["iTwinId"] = description?.ITwinId,
            ["iModelId"] = description?.IModelId,
            ["changeset"] = new JsonObject { ["id"] = description?.Changeset.Id, ["index"] = description?.Changeset.Index },
        };
        var call = new RpcCall
        {
            Interface = "IModelReadRpcInterface",
            Version = "3.8.0",
            Operation = "getConnectionProps",
            Parameters = Encoding.UTF8.GetBytes(new JsonArray(token).ToJsonString()),
            Activity = new RpcActivity(Guid.NewGuid().ToString()),
        };
        using RpcReply reply = await cluster.InvokeAsync(key, call, cancellationToken).ConfigureAwait(false);
        return reply.Status == RpcStatus.Resolved
            ? reply.Json.ToArray()
            : throw new LiveRefusedException(new LiveRefusal(LiveRefusals.Refused, reply.Error?.Message ?? "The iModel cannot be opened now.", reply.Error?.ErrorNumber));
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveCall call, CancellationToken cancellationToken) =>
        await cluster.CallLiveAsync(key, call, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<LiveNews> ReadAsync(string key, LiveRead read, CancellationToken cancellationToken) =>
        await cluster.ReadLiveAsync(key, read, cancellationToken).ConfigureAwait(false);

    private static LiveIModelRef RefOf(CatalogEntry entry) => new(entry.Key, entry.Description?.IModelId ?? "", entry.Description?.ITwinId ?? "");
}
