using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Finds an operation, checks its interface's version and who may call it, and has it answered.</summary>
internal sealed class RpcDispatcher(IRpcRouter router, IRpcInterfaceCatalog catalog, IEnumerable<IRpcEdgeOperation> edgeOperations)
{
    private readonly Dictionary<(string, string), IRpcEdgeOperation> _edgeOperations =
        edgeOperations.ToDictionary(operation => (operation.Interface, operation.Operation));

    /// <summary>Looks an operation up (core-common <c>RpcInvocation</c>'s constructor).</summary>
    /// <param name="path">What the URL says.</param>
    /// <param name="access">What the caller may do.</param>
    /// <param name="error">Why it may not be called; null when it may.</param>
    /// <returns>The operation; null with an error, and for <c>describeEndpoints</c>.</returns>
    public RpcOperationDescription? Find(RpcRequestPath path, IIModelAccess access, out RpcError? error)
    {
        error = null;
        if (IsDescribeEndpoints(path))
            return null;

        RpcInterfaceDescription? rpcInterface = catalog.Find(path.Interface);
        RpcOperationDescription? operation = rpcInterface?.Find(path.Operation);
        if (rpcInterface is null)
            error = new RpcError("Error", $"RPC interface \"{path.Interface}\" is not initialized.", ErrorNumbers.Error);
        else if (operation is null)
            error = new RpcError("Error", $"RPC interface class \"{path.Interface}\" does not does not declare operation \"{path.Operation}\"", ErrorNumbers.Error);
        else if (!InterfaceVersion.IsCompatible(rpcInterface.Version, path.Version))
            error = new RpcError("RpcInterfaceStatus.IncompatibleVersion", Mismatch(rpcInterface, path), ErrorNumbers.IncompatibleVersion);
        else if (operation.OperatorsOnly && !access.IsOperator)
            error = NoPermission($"The operation {path.Operation} is for operators.");
        else if (Guid.TryParse(path.Target.IModelId, out _) && !access.Allows(path.Target.IModelId, IModelRight.Read))
            error = NoPermission("You have no right to read this iModel.");
        return error is null ? operation : null;
    }

    /// <summary>Has an operation answered: here, by the edge, or by the owner of the iModel.</summary>
    public async ValueTask<RpcReply> InvokeAsync(HttpContext context, RpcCall call, RpcTarget target, CancellationToken cancellationToken)
    {
        if (call.Version == RpcProtocol.ControlVersion)
            return new RpcReply { Status = RpcStatus.Resolved, Json = EndpointsDescription.Of(catalog) };
        if (_edgeOperations.TryGetValue((call.Interface, call.Operation), out IRpcEdgeOperation? edgeOperation))
        {
            RpcReply? reply = await edgeOperation.InvokeAsync(context, call, target, cancellationToken).ConfigureAwait(false);
            if (reply is not null)
                return reply;
        }

        return await router.InvokeAsync(call, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The interface's name is base64 of all the frontend's interfaces, and may be cut at a slash: only the rest counts.</summary>
    private static bool IsDescribeEndpoints(RpcRequestPath path) =>
        path is { Version: RpcProtocol.ControlVersion, Operation: RpcProtocol.DescribeEndpoints };

    private static string Mismatch(RpcInterfaceDescription rpcInterface, RpcRequestPath path) =>
        $"Backend version {rpcInterface.Version} does not match frontend version {path.Version} for RPC interface {path.Operation}.";

    private static RpcError NoPermission(string message) =>
        new("User does not have permission", message, ErrorNumbers.UserDoesNotHavePermission);
}
