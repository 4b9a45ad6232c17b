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

    /// <summary>The silo that answered, as clients know it: its gateway.</summary>
    [Id(8)]
    public string Server;

    /// <summary>Where a payload that is too large for a message waits to be fetched: the silo's address, or null.</summary>
    [Id(9)]
    public string? KeptBy;

    [Id(10)]
    public Guid KeptAs;

    [Id(11)]
    public int[]? KeptLengths;

    public static RpcReplySurrogate From(RpcReply reply, string server) => WithoutPayload(reply, server) with
    {
        Json = reply.Json,
        Binaries = [.. reply.Binaries],
    };

    /// <summary>A reply whose payload stays where it is.</summary>
    public static RpcReplySurrogate From(RpcReply reply, string server, string silo, Guid id) => WithoutPayload(reply, server) with
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
        Server = Server,
    };

    private static RpcReplySurrogate WithoutPayload(RpcReply reply, string server) => new()
    {
        Status = (byte)reply.Status,
        Binaries = [],
        Server = server,
        Freshness = (byte)reply.Freshness,
        ErrorName = reply.Error?.Name,
        ErrorMessage = reply.Error?.Message,
        ErrorNumber = reply.Error?.ErrorNumber ?? 0,
        ErrorProperties = reply.Error?.Properties ?? default,
    };
}
