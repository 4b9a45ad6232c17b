using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The bodies of the two Hello frames.</summary>
/// <remarks>
/// The worker's: magic (8 bytes), process id (4), token (32 bytes that it was given at its start). The owner's: magic (8), then the four
/// limits (4 each).
/// </remarks>
internal static class Handshake
{
    public const int TokenBytes = 32;
    public const int WorkerHelloBytes = 8 + 4 + TokenBytes;
    public const int OwnerHelloBytes = 8 + 16;

    private static ReadOnlySpan<byte> Magic => "ITWINWRK"u8;

    public static byte[] WorkerHello(int processId, ReadOnlySpan<byte> token)
    {
        var body = new byte[WorkerHelloBytes];
        Magic.CopyTo(body);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), processId);
        token.CopyTo(body.AsSpan(12));
        return body;
    }

    /// <summary>Whether a worker's Hello is whole and carries the token; compared in constant time.</summary>
    public static bool IsFrom(ReadOnlySpan<byte> body, ReadOnlySpan<byte> token) =>
        body.Length == WorkerHelloBytes && body.StartsWith(Magic) && CryptographicOperations.FixedTimeEquals(body[12..], token);

    public static byte[] OwnerHello(ProtocolLimits limits)
    {
        var body = new byte[OwnerHelloBytes];
        Magic.CopyTo(body);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), limits.MaxMessageBytes);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(12), limits.MaxInFlight);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(16), limits.EventCredits);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(20), limits.MaxEventBytes);
        return body;
    }

    /// <summary>The limits in an owner's Hello; null when it is none.</summary>
    public static ProtocolLimits? ReadLimits(ReadOnlySpan<byte> body)
    {
        if (body.Length != OwnerHelloBytes || !body.StartsWith(Magic))
            return null;
        var limits = new ProtocolLimits(
            BinaryPrimitives.ReadInt32LittleEndian(body[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[20..]));
        return limits is { MaxMessageBytes: > 0, MaxInFlight: > 0, EventCredits: >= 0, MaxEventBytes: > 0 } ? limits : null;
    }

    /// <summary>A refusal's body: a message whose second text says why.</summary>
    public static byte[] Refusal(string why)
    {
        var bytes = Encoding.UTF8.GetByteCount(why);
        var message = new MessageBody("", why, default, []);
        var body = new byte[MessageBody.PrefixBytes(0, bytes, 0)];
        message.WritePrefix(body, 0, bytes);
        return body;
    }
}
