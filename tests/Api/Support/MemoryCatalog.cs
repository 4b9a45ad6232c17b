using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>The interfaces of the stock frontends, with the operations that the protocol tests use.</summary>
internal sealed class MemoryCatalog : IRpcInterfaceCatalog
{
    public IReadOnlyList<RpcInterfaceDescription> Interfaces { get; } =
    [
        new("IModelReadRpcInterface", "3.8.0",
        [
            new("getConnectionProps", RpcResponseCaching.Shared), new("queryRows"), new("queryBlob"), new("getElementProps"),
            new("getDefaultViewId", RpcResponseCaching.Immutable), new("getViewThumbnail"), new("getClassHierarchy", RpcResponseCaching.Immutable),
            new("getToolTipMessage"), new("readFontJson"),
        ]),
        new("IModelTileRpcInterface", "3.2.0",
        [
            new("getTileCacheConfig"), new("requestTileTreeProps", RpcResponseCaching.Immutable), new("generateTileContent"), new("retrieveTileContent"),
            new("queryVersionInfo"), new("requestElementGraphics"),
        ]),
        new("ECSchemaRpcInterface", "2.0.0", [new("getSchemaKeys", RpcResponseCaching.Immutable)]),
        new("SnapshotIModelRpcInterface", "2.0.0", [new("openFile"), new("openRemote"), new("close")]),
        new("DevToolsRpcInterface", "0.7.0", [new("ping"), new("stats") { OperatorsOnly = true }]),
    ];

    public RpcInterfaceDescription? Find(string interfaceName) => Interfaces.FirstOrDefault(found => found.Name == interfaceName);
}
