namespace ITwinOrleans.Backend.Rpc;

/// <summary>Makes a method <c>Task&lt;RpcReply&gt; Method(RpcRequest request)</c> an operation of its RPC interface.</summary>
/// <remarks>The operation's name is the method's with a small first letter and without <c>Async</c>: <c>GetElementPropsAsync</c> is <c>getElementProps</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RpcOperationAttribute : Attribute
{
    /// <summary>Whether browsers and proxies may keep the answer, when the iModel is of a fixed version.</summary>
    public RpcResponseCaching Caching { get; init; }

    /// <summary>Running the operation twice does what running it once does, so it may be tried again when nobody knows whether it ran.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Only operators may call it.</summary>
    public bool OperatorsOnly { get; init; }
}
