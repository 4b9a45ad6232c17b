using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Answers frontends that connect from what the opening said: the most frequent operation then costs no way to the worker and back.</summary>
internal static class ConnectionAnswer
{
    /// <summary>The answer to <c>getConnectionProps</c>; null for any other call, and for one whose parameters only the operation itself refuses.</summary>
    public static RpcReply? To(RpcCall call, OpenIModel open)
    {
        if (call is not { Interface: "IModelReadRpcInterface", Operation: "getConnectionProps" } || open.ConnectionProps.IsEmpty)
            return null;
        return RpcArgument.Read(call.Parameters).Token is { IModelId.Length: > 0, ITwinId.Length: > 0, ChangesetId: not null }
            ? new RpcReply { Status = RpcStatus.Resolved, Json = open.ConnectionProps, Freshness = open.Freshness }
            : null;
    }
}
