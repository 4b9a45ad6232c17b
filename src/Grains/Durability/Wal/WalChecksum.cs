using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>The checksum that runs through a write-ahead log: each frame's goes on from that of the frame before.</summary>
/// <param name="BigEndian">In which order the log's magic number says that words are read.</param>
/// <param name="First">The first sum.</param>
/// <param name="Second">The second sum.</param>
internal readonly record struct WalChecksum(bool BigEndian, uint First, uint Second)
{
    /// <summary>The checksum after more bytes, a multiple of 8.</summary>
    public WalChecksum Add(ReadOnlySpan<byte> bytes)
    {
        var (first, second) = (First, Second);
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
        var swap = BigEndian == BitConverter.IsLittleEndian;
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            first += (swap ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) + second;
            second += (swap ? BinaryPrimitives.ReverseEndianness(words[i + 1]) : words[i + 1]) + first;
        }

        return this with { First = first, Second = second };
    }

    /// <summary>Whether these 8 bytes of the log hold this checksum.</summary>
    public bool IsStoredIn(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes) == First && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == Second;
}
