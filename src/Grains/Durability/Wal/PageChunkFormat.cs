using System.Buffers.Binary;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>
/// A chunk's bytes, integers little-endian: format (1 byte), page size (4), pages of the database afterwards (4), count (4), and compressed with Brotli the page
/// numbers (4 each) and then each page's image XOR its image of before (zeros behind the database's end).
/// </summary>
/// <remarks>
/// A small commit changes a few bytes in each of about 17 pages: 73 KB of log are 1.4 KB as compressed differences, 18 KB compressed without them
/// (docs/durability.md has the figures).
/// </remarks>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="DatabasePages">How many pages the database has afterwards.</param>
/// <param name="Count">How many pages the chunk has.</param>
internal readonly record struct PageChunkFormat(int PageSize, uint DatabasePages, int Count)
{
    public const int HeaderBytes = 13;

    /// <summary>The most pages in a chunk: bounds the memory of whoever makes or applies one.</summary>
    public const int MaxPages = 256;

    private const byte Version = 1;

    /// <summary>How many bytes are compressed.</summary>
    public int PlainBytes => Count * (sizeof(uint) + PageSize);

    public void Write(Span<byte> header)
    {
        header[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], PageSize);
        BinaryPrimitives.WriteUInt32LittleEndian(header[5..], DatabasePages);
        BinaryPrimitives.WriteInt32LittleEndian(header[9..], Count);
    }

    /// <exception cref="JournalDamagedException">It is no chunk, or of a later version of this program.</exception>
    public static PageChunkFormat Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < HeaderBytes || content[0] != Version)
            throw new JournalDamagedException("A part of the journal is of an unknown format.");
        var format = new PageChunkFormat(
            BinaryPrimitives.ReadInt32LittleEndian(content[1..]), BinaryPrimitives.ReadUInt32LittleEndian(content[5..]), BinaryPrimitives.ReadInt32LittleEndian(content[9..]));
        return format is { PageSize: >= 512 and <= 65536, Count: > 0 and <= MaxPages }
            ? format
            : throw new JournalDamagedException("A part of the journal has impossible sizes.");
    }

    /// <summary>Page images combined: a difference from two images, or an image from an image and the difference.</summary>
    public static void Xor(Span<byte> target, ReadOnlySpan<byte> other)
    {
        Span<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(target);
        ReadOnlySpan<ulong> others = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(other);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= others[i];
    }
}
