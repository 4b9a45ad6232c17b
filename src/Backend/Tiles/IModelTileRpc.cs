using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Backend.Work;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Tiles;

/// <summary>iTwin.js's <c>IModelTileRpcInterface</c>: what a viewport draws.</summary>
[RpcInterface("IModelTileRpcInterface", "3.2.0")]
public sealed class IModelTileRpc(IModelHost host, BackendOptions options, TimeProvider time) : RpcInterface
{
    // iTwin.js TileContentSource.Backend: fetch it with retrieveTileContent.
    private const double FromBackend = 0;

    /// <summary>Where tiles can be fetched by plain GETs: nowhere, as far as the backend knows. The edge answers it when it has a tile cache.</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> GetTileCacheConfig(RpcRequest request) => Task.FromResult(RpcResult.Undefined());

    /// <summary>The props of a tile tree: (token, treeId).</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> RequestTileTreeProps(RpcRequest request)
    {
        IModelDb iModel = request.IModel;
        string treeId = request.Arguments.GetNativeString(1, 0);
        byte[]? props = await WorkOf(iModel).GetAsync(
            $"tree:{iModel.GeometryRevision}:{treeId}", () => TileService.ReadTreeAsync(iModel, treeId, iModel.Closed), request.CancellationToken).ConfigureAwait(false);
        return props is null ? RpcResult.Pending() : RpcResult.Json(props);
    }

    /// <summary>Drops tile trees that the backend keeps: (token, modelIds or null for all).</summary>
    [RpcOperation]
    public async Task<RpcReply> PurgeTileTrees(RpcRequest request)
    {
        NativeArgument models = request.Arguments.IsMissing(1) ? NativeArgument.Undefined : request.Arguments.ToNative(1);
        NativeResult result = await request.IModel.RunAsync(native => native.Call("purgeTileTrees", models), request.CancellationToken).ConfigureAwait(false);
        return RpcResult.Native(result);
    }

    /// <summary>Makes a tile's content, for <see cref="RetrieveTileContent"/> to fetch: (token, treeId, contentId, guid). Answers 0.</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GenerateTileContent(RpcRequest request)
    {
        IModelDb iModel = request.IModel;
        string treeId = request.Arguments.GetNativeString(1, 0), contentId = request.Arguments.GetNativeString(2, 1);
        byte[]? done = await WorkOf(iModel).GetAsync(
            $"tile:{iModel.GeometryRevision}:{treeId}/{contentId}",
            async () =>
            {
                (await TileService.ReadContentAsync(iModel, treeId, contentId, iModel.Closed).ConfigureAwait(false)).Dispose();
                return [];
            },
            request.CancellationToken).ConfigureAwait(false);
        return done is null ? RpcResult.Pending() : RpcResult.Number(FromBackend);
    }

    /// <summary>A tile's content: (token, {treeId, contentId}). Makes it if need be.</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> RetrieveTileContent(RpcRequest request)
    {
        RpcArguments key = RpcArguments.FromProperties(request.Arguments.GetObject(1, "key"), "treeId", "contentId");
        NativeResult content = await TileService.ReadContentAsync(
            request.IModel, key.GetNativeString(0, 0), key.GetNativeString(1, 1), request.CancellationToken).ConfigureAwait(false);
        return RpcResult.Binary(content.Utf8, content);
    }

    /// <summary>The version of the tile format. Takes no token.</summary>
    [RpcOperation(IsRepeatable = true)]
    public async Task<RpcReply> QueryVersionInfo(RpcRequest request) =>
        RpcResult.Native(await host.Engine.RunAsync(platform => platform.GetTileVersionInfo(), request.CancellationToken).ConfigureAwait(false));

    /// <summary>Graphics of one element or of a geometry stream: (token, ElementGraphicsRequestProps).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> RequestElementGraphics(RpcRequest request) =>
        TileService.MakeElementGraphicsAsync(request.IModel, request.Arguments.GetNativeObject(1, "request"), request.CancellationToken);

    private PendingWork<byte[]> WorkOf(IModelDb iModel) =>
        iModel.GetState(_ => new TileWork(new PendingWork<byte[]>(options.PendingAfter, options.KeepPendingResults, time))).Work;

    private sealed record TileWork(PendingWork<byte[]> Work);
}
