using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Distribution.Payloads;

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

    /// <summary>Where a payload that is too large for a message waits to be fetched: the silo's address, or null.</summary>
    [Id(8)]
    public string? KeptBy;

    [Id(9)]
    public Guid KeptAs;

    [Id(10)]
    public int[]? KeptLengths;

    public static RpcReplySurrogate From(RpcReply reply) => WithoutPayload(reply) with
    {
        Json = reply.Json,
        Binaries = [.. reply.Binaries],
    };

    /// <summary>A reply whose payload stays where it is.</summary>
    public static RpcReplySurrogate From(RpcReply reply, string silo, Guid id) => WithoutPayload(reply) with
    {
        KeptBy = silo,
        KeptAs = id,
        KeptLengths = [reply.Json.Length, .. reply.Binaries.Select(b => b.Length)],
    };

    public readonly RpcReply ToReply() => new()
    {
        Status = (RpcStatus)Status,
        Json = Json,
        Binaries = KeptBy is null ? Binaries : new RemotePayload(KeptBy, KeptAs, KeptLengths!),
        Freshness = (RpcFreshness)Freshness,
        Error = ErrorName is null ? null : new RpcError(ErrorName, ErrorMessage ?? "", ErrorNumber) { Properties = ErrorProperties },
    };

    private static RpcReplySurrogate WithoutPayload(RpcReply reply) => new()
    {
        Status = (byte)reply.Status,
        Binaries = [],
        Freshness = (byte)reply.Freshness,
        ErrorName = reply.Error?.Name,
        ErrorMessage = reply.Error?.Message,
        ErrorNumber = reply.Error?.ErrorNumber ?? 0,
        ErrorProperties = reply.Error?.Properties ?? default,
    };
}
