namespace ITwinOrleans.Backend.Rpc;

/// <summary>One RPC request after the wire protocol is taken off: what to run, for whom, with which parameters.</summary>
/// <remarks>The parameters stay bytes until the operation itself reads them; nothing between the edge and the operation parses them.</remarks>
public sealed record RpcCall
{
    /// <summary>The RPC interface's name, for example <c>IModelReadRpcInterface</c>.</summary>
    public required string Interface { get; init; }

    /// <summary>The interface version that the frontend was built with, for example <c>3.8.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The operation's name, for example <c>getElementProps</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The parameters: a UTF-8 JSON array whose first item is the token (IModelRpcProps), where the operation takes one.</summary>
    public required ReadOnlyMemory<byte> Parameters { get; init; }

    /// <summary>The binary parameters that <c>{"isBinary":true,"index":i}</c> markers in <see cref="Parameters"/> refer to.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>Who asks, for logs and traces.</summary>
    public required RpcActivity Activity { get; init; }
}
