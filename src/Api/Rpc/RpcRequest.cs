using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>One RPC request, read from HTTP.</summary>
/// <param name="Path">What its URL says.</param>
/// <param name="Activity">Who asks.</param>
/// <param name="ProtocolVersion">The protocol version of the client; 0 when it sent none.</param>
internal sealed record RpcRequest(RpcRequestPath Path, RpcActivity Activity, int ProtocolVersion)
{
    /// <summary>Whether the parameters came in the URL: only then may the answer be cached.</summary>
    public bool HasUrlParameters => Path.EncodedParameters.Length > 0;

    /// <summary>Whether the client knows managed responses and status codes by category.</summary>
    public bool SupportsStatusCategory => ProtocolVersion >= RpcProtocol.IntroducedStatusCategory;

    /// <summary>Whether the client knows status 204.</summary>
    public bool SupportsNoContent => ProtocolVersion >= RpcProtocol.IntroducedNoContent;
}
