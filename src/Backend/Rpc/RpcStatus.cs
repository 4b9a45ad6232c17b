namespace ITwinOrleans.Backend.Rpc;

/// <summary>How an RPC request ended (iTwin.js <c>RpcRequestStatus</c>, the part a backend decides).</summary>
public enum RpcStatus : byte
{
    /// <summary>It has a result.</summary>
    Resolved,

    /// <summary>The work goes on; the same request, sent again, finds it.</summary>
    Pending,

    /// <summary>There is nothing to answer with (for example a view without a thumbnail).</summary>
    NoContent,

    /// <summary>The iModel of the token is not open here; the frontend opens it again and repeats the request.</summary>
    NotFound,

    /// <summary>It failed; see <see cref="RpcReply.Error"/>.</summary>
    Rejected,
}
