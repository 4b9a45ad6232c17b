using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Carries an RPC call to the owner of its iModel and brings the reply back: the seam between the edge and the distribution.</summary>
public interface IRpcRouter
{
    /// <summary>Invokes one operation.</summary>
    /// <param name="call">What to run; its bytes are never changed after the call was made.</param>
    /// <param name="target">
    /// What the request's URL says. It is a hint for routing, not a proof: the token in the parameters may name another iModel. A router
    /// that opens what the token names asks <see cref="RpcTarget.Access"/> about the iModel that it resolved, before it runs anything.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client went away or the request's time is over.</param>
    /// <returns>The reply; the caller disposes it. Failures of the operation are replies, not exceptions.</returns>
    ValueTask<RpcReply> InvokeAsync(RpcCall call, RpcTarget target, CancellationToken cancellationToken);
}
