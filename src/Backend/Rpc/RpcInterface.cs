namespace ITwinOrleans.Backend.Rpc;

/// <summary>
/// The base of every RPC interface's implementation: a class with <see cref="RpcInterfaceAttribute"/> whose methods with
/// <see cref="RpcOperationAttribute"/> are its operations. One instance serves all requests concurrently, so it holds no request's state.
/// </summary>
public abstract class RpcInterface
{
}
