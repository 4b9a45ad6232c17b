using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>Writes chunks into a database's main file, in their order, as a checkpoint of SQLite would.</summary>
internal static class PageChunkApplier
{
    /// <summary>Writes one chunk, once its pages are proven.</summary>
    /// <exception cref="JournalDamagedException">The chunk does not fit the file, or was changed.</exception>
    public static void Apply(SafeFileHandle file, PageChunk chunk)
    {
        PageChunkFormat format = PageChunkFormat.Read(chunk.Content.Span);
        var plain = ArrayPool<byte>.Shared.Rent(format.PlainBytes);
        var old = ArrayPool<byte>.Shared.Rent(format.PageSize);
        try
        {
            if (!BrotliDecoder.TryDecompress(chunk.Content.Span[PageChunkFormat.HeaderBytes..], plain.AsSpan(0, format.PlainBytes), out var read) || read != format.PlainBytes)
                throw new JournalDamagedException("A part of the journal cannot be decompressed.");
            var images = plain.AsMemory(format.Count * sizeof(uint), format.Count * format.PageSize);
            for (var i = 0; i < format.Count; i++)
            {
                var got = RandomAccess.Read(file, old.AsSpan(0, format.PageSize), Offset(plain, i, format.PageSize));
                old.AsSpan(got, format.PageSize - got).Clear();
                PageChunkFormat.Xor(images.Span.Slice(i * format.PageSize, format.PageSize), old.AsSpan(0, format.PageSize));
            }

            if (!SHA256.HashData(plain.AsSpan(0, format.PlainBytes)).AsSpan().SequenceEqual(chunk.Hash))
                throw new JournalDamagedException("A part of the journal does not fit what is before it.");
            for (var i = 0; i < format.Count; i++)
                RandomAccess.Write(file, images.Span.Slice(i * format.PageSize, format.PageSize), Offset(plain, i, format.PageSize));
            RandomAccess.SetLength(file, (long)format.DatabasePages * format.PageSize);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    private static long Offset(ReadOnlySpan<byte> plain, int index, int pageSize)
    {
        var page = BinaryPrimitives.ReadUInt32LittleEndian(plain[(index * sizeof(uint))..]);
        return page > 0 ? (page - 1L) * pageSize : throw new JournalDamagedException("A part of the journal names a page 0.");
    }
}
