using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Snapshots;

/// <summary>iTwin.js's <c>SnapshotIModelRpcInterface</c>: frontends that open a file by its name or key.</summary>
/// <remarks>
/// Finding the file and opening it is the business of who routes requests; when a request comes here, its iModel is open. All frontends share it
/// (core-backend's own refuses the second one).
/// </remarks>
[RpcInterface("SnapshotIModelRpcInterface", "2.0.0")]
public sealed class SnapshotIModelRpc : RpcInterface
{
    /// <summary>Connects to a file by its name: (filePath, options).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> OpenFile(RpcRequest request) => Connect(request);

    /// <summary>Connects to a file by its key: (key, options).</summary>
    [RpcOperation(IsRepeatable = true)]
    public Task<RpcReply> OpenRemote(RpcRequest request) => Connect(request);

    /// <summary>Ends a frontend's use of the iModel: (token). It stays open for others; its owner closes it when nobody uses it.</summary>
    [RpcOperation]
    public Task<RpcReply> Close(RpcRequest request) => Task.FromResult(RpcResult.Boolean(request.IModel.IsOpen));

    private static Task<RpcReply> Connect(RpcRequest request) => Task.FromResult(RpcResult.Json(request.IModel.Connection.Json));
}
