using System.Text;

namespace ITwinOrleans.Cluster.Tests.Telemetry;

/// <summary>The fields of a message of Protocol Buffers (protobuf.dev/programming-guides/encoding): enough to look into what OpenTelemetry sends.</summary>
internal static class Protobuf
{
    /// <summary>The fields that have bytes: texts, bytes and messages within.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        for (int at = 0; at < message.Length;)
        {
            ulong tag = ReadNumber(message.Span, ref at);
            switch (tag & 7)
            {
                case 0: ReadNumber(message.Span, ref at); break;
                case 1: at += sizeof(ulong); break;
                case 5: at += sizeof(uint); break;
                case 2:
                    int length = (int)ReadNumber(message.Span, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
                default: throw new InvalidDataException("This is no message of Protocol Buffers.");
            }
        }
    }

    /// <summary>The messages, or texts, of one field.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Field(this ReadOnlyMemory<byte> message, int number) => Fields(message).Where(field => field.Number == number).Select(field => field.Value);

    /// <summary>A text, or an empty one.</summary>
    public static string Text(this ReadOnlyMemory<byte> message, int number) => message.Field(number).Select(value => Encoding.UTF8.GetString(value.Span)).FirstOrDefault("");

    /// <summary>Bytes as hexadecimal digits.</summary>
    public static string Hex(this ReadOnlyMemory<byte> message, int number) => message.Field(number).Select(value => Convert.ToHexString(value.Span)).FirstOrDefault("");

    private static ulong ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
