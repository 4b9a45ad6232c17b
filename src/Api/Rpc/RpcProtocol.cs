namespace ITwinOrleans.Api.Rpc;

/// <summary>Names and numbers of the iTwin RPC wire protocol (core-common <c>BentleyCloudRpcProtocol</c>, <c>RpcProtocolVersion</c>).</summary>
internal static class RpcProtocol
{
    /// <summary>The request header that carries the activity's id; the only one that must be there.</summary>
    public const string CorrelationId = "X-Correlation-Id";

    public const string SessionId = "X-Session-Id";
    public const string ApplicationId = "X-Application-Id";
    public const string ApplicationVersion = "X-Application-Version";

    /// <summary>The header with which each side says which protocol it speaks.</summary>
    public const string ProtocolVersion = "X-Protocol-Version";

    /// <summary>The protocol version of this server.</summary>
    public const string ServerVersion = "2";

    /// <summary>From this version on a client knows status 204 for "no content".</summary>
    public const int IntroducedNoContent = 1;

    /// <summary>From this version on a client knows managed responses and status codes by category.</summary>
    public const int IntroducedStatusCategory = 2;

    /// <summary>The version of the interface that asks for all interfaces.</summary>
    public const string ControlVersion = "CONTROL";

    /// <summary>The one operation of that interface.</summary>
    public const string DescribeEndpoints = "describeEndpoints";

    public const string Text = "text/plain; charset=utf-8";
    public const string Binary = "application/octet-stream";

    /// <summary>The JSON of parameters that are one binary value.</summary>
    public static ReadOnlyMemory<byte> BinaryParameters { get; } = """[{"isBinary":true,"index":0,"size":-1,"chunks":1}]"""u8.ToArray();
}
