using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>An operation that the edge answers itself, because its answer is about HTTP and not about the iModel.</summary>
internal interface IRpcEdgeOperation
{
    /// <summary>The interface's name.</summary>
    string Interface { get; }

    /// <summary>The operation's name.</summary>
    string Operation { get; }

    /// <summary>Answers; null: the router shall.</summary>
    ValueTask<RpcReply?> InvokeAsync(HttpContext context, RpcCall call, RpcTarget target, CancellationToken cancellationToken);
}
