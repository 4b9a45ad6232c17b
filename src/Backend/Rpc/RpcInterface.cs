using System.Diagnostics.CodeAnalysis;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>
/// The base of every RPC interface's implementation: a class with <see cref="RpcInterfaceAttribute"/> whose methods with
/// <see cref="RpcOperationAttribute"/> are its operations. One instance serves all requests concurrently, so it holds no request's state.
/// </summary>
/// <remarks>Operations are found by reflection, so that a worker program compiled ahead of time has to keep them, though nothing calls them by name.</remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
public abstract class RpcInterface
{
}
