using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>
/// The body of requests, responses, errors and events, little-endian: length of two texts (2, 2) and of the JSON (4), number of binary
/// parts (4), the length of each (4), then the texts in UTF-8, the JSON and the binary parts, with nothing between or behind them.
/// </summary>
internal readonly record struct MessageBody(
    string Text1, string Text2, ReadOnlyMemory<byte> Json, IReadOnlyList<ReadOnlyMemory<byte>> Binaries)
{
    public const int FixedBytes = 12;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parts before the JSON, in bytes.</summary>
    public static int PrefixBytes(int text1Bytes, int text2Bytes, int binaries) => FixedBytes + (4 * binaries) + text1Bytes + text2Bytes;

    /// <summary>Writes everything before the JSON.</summary>
    public void WritePrefix(Span<byte> target, int text1Bytes, int text2Bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)text1Bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)text2Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], (uint)Json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], (uint)Binaries.Count);
        target = target[FixedBytes..];
        for (var i = 0; i < Binaries.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(target[(4 * i)..], (uint)Binaries[i].Length);
        target = target[(4 * Binaries.Count)..];
        Encoding.UTF8.GetBytes(Text1, target);
        Encoding.UTF8.GetBytes(Text2, target[text1Bytes..]);
    }

    /// <summary>Reads a body whose parts then refer to it; false with the fault when it is none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, out MessageBody message, [NotNullWhen(false)] out string? fault)
    {
        message = default;
        if (body.Length < FixedBytes)
            return Fail(out fault, "it is shorter than its fixed part");
        var span = body.Span;
        int text1Bytes = BinaryPrimitives.ReadUInt16LittleEndian(span);
        int text2Bytes = BinaryPrimitives.ReadUInt16LittleEndian(span[2..]);
        var jsonBytes = BinaryPrimitives.ReadUInt32LittleEndian(span[4..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        if (count > WorkRequest.MaxBinaries)
            return Fail(out fault, "it has too many binary parts");
        var prefix = PrefixBytes(text1Bytes, text2Bytes, (int)count);
        if (prefix > body.Length)
            return Fail(out fault, "its parts are longer than it");
        long total = prefix + (long)jsonBytes;
        var lengths = span.Slice(FixedBytes, 4 * (int)count);
        for (var i = 0; i < (int)count; i++)
            total += BinaryPrimitives.ReadUInt32LittleEndian(lengths[(4 * i)..]);
        if (total != body.Length)
            return Fail(out fault, "the lengths of its parts do not add up to its own");

        var texts = span[(FixedBytes + lengths.Length)..prefix];
        string text1, text2;
        try
        {
            text1 = Strict.GetString(texts[..text1Bytes]);
            text2 = Strict.GetString(texts[text1Bytes..]);
        }
        catch (DecoderFallbackException)
        {
            return Fail(out fault, "a text is not UTF-8");
        }
        var rest = body[prefix..];
        var json = rest[..(int)jsonBytes];
        rest = rest[(int)jsonBytes..];
        message = new MessageBody(text1, text2, json, Slice(rest, lengths, (int)count));
        fault = null;
        return true;
    }

    private static ReadOnlyMemory<byte>[] Slice(ReadOnlyMemory<byte> rest, ReadOnlySpan<byte> lengths, int count)
    {
        if (count == 0)
            return [];
        var binaries = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(lengths[(4 * i)..]);
            binaries[i] = rest[..length];
            rest = rest[length..];
        }
        return binaries;
    }

    private static bool Fail(out string fault, string what)
    {
        fault = "The message is malformed: " + what + ".";
        return false;
    }
}
