using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>An <see cref="RpcReply"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.RpcReply")]
internal struct RpcReplySurrogate
{
    [Id(0)]
    public byte Status;

    [Id(1)]
    public ReadOnlyMemory<byte> Json;

    [Id(2)]
    public ReadOnlyMemory<byte>[] Binaries;

    [Id(3)]
    public byte Freshness;

    [Id(4)]
    public string? ErrorName;

    [Id(5)]
    public string? ErrorMessage;

    [Id(6)]
    public int ErrorNumber;

    [Id(7)]
    public ReadOnlyMemory<byte> ErrorProperties;

    public static RpcReplySurrogate From(RpcReply reply) => new()
    {
        Status = (byte)reply.Status,
        Json = reply.Json,
        Binaries = [.. reply.Binaries],
        Freshness = (byte)reply.Freshness,
        ErrorName = reply.Error?.Name,
        ErrorMessage = reply.Error?.Message,
        ErrorNumber = reply.Error?.ErrorNumber ?? 0,
        ErrorProperties = reply.Error?.Properties ?? default,
    };

    public readonly RpcReply ToReply() => new()
    {
        Status = (RpcStatus)Status,
        Json = Json,
        Binaries = Binaries,
        Freshness = (RpcFreshness)Freshness,
        Error = ErrorName is null ? null : new RpcError(ErrorName, ErrorMessage ?? "", ErrorNumber) { Properties = ErrorProperties },
    };
}
