using System.Collections.Frozen;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Owners;

/// <summary>The operations of iTwin.js's own interfaces that only read. Whatever is not known to be a read is not repeated.</summary>
public sealed class KnownReads : IOperationSafety
{
    private static readonly FrozenSet<string> ReadInterfaces = new[]
    {
        "IModelReadRpcInterface", "IModelTileRpcInterface", "ECSchemaRpcInterface", "DevToolsRpcInterface", "SnapshotIModelRpcInterface",
    }.ToFrozenSet();

    // callViewStore calls methods of a store, which write; setLogLevel and purgeTileTrees may be repeated, but are nothing to wait for.
    private static readonly FrozenSet<string> Writes = new[] { "callViewStore", "close", "setLogLevel", "purgeTileTrees" }.ToFrozenSet();

    /// <inheritdoc/>
    public bool IsRepeatable(RpcCall call) => ReadInterfaces.Contains(call.Interface) && !Writes.Contains(call.Operation);
}
