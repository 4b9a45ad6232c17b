using System.Runtime.CompilerServices;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Makes a method <c>Task&lt;RpcReply&gt; Method(RpcRequest request)</c> an operation of its RPC interface.</summary>
/// <param name="line">Its line in the source, by which operations are listed: reflection has no order that could be relied on.</param>
/// <remarks>The operation's name is the method's with a small first letter and without <c>Async</c>: <c>GetElementPropsAsync</c> is <c>getElementProps</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RpcOperationAttribute([CallerLineNumber] int line = 0) : Attribute
{
    internal int Line => line;

    /// <summary>Whether browsers and proxies may keep the answer, when the iModel is of a fixed version.</summary>
    public RpcResponseCaching Caching { get; init; }

    /// <summary>Running the operation twice does what running it once does, so it may be tried again when nobody knows whether it ran.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Only operators may call it.</summary>
    public bool OperatorsOnly { get; init; }
}
