namespace ITwinOrleans.Api.Rpc;

/// <summary>The parameters of a request as bytes: nobody reads them before the operation does.</summary>
/// <param name="Json">A UTF-8 JSON array.</param>
internal sealed record RpcParameters(ReadOnlyMemory<byte> Json)
{
    /// <summary>The binary values that markers in the JSON refer to.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];
}
