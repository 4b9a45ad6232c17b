using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>Makes chunks of what a log's commits changed.</summary>
internal static class PageChunkWriter
{
    // Measured (docs/durability.md): higher qualities take longer than the round trip that they would save.
    private const int Quality = 1, WindowBits = 18;

    /// <summary>The changes as chunks, each made when it is asked for.</summary>
    public static IEnumerable<PageChunk> Write(WalReader log, WalChanges changes) =>
        changes.Frames.Keys.Chunk(PageChunkFormat.MaxPages).Select(pages => Write(log, changes, pages));

    private static PageChunk Write(WalReader log, WalChanges changes, uint[] pages)
    {
        var format = new PageChunkFormat(changes.PageSize, changes.Pages, pages.Length);
        var plain = ArrayPool<byte>.Shared.Rent(format.PlainBytes);
        var old = ArrayPool<byte>.Shared.Rent(changes.PageSize);
        var compressed = ArrayPool<byte>.Shared.Rent(PageChunkFormat.HeaderBytes + BrotliEncoder.GetMaxCompressedLength(format.PlainBytes));
        try
        {
            for (var i = 0; i < pages.Length; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(i * sizeof(uint)), pages[i]);
                log.ReadPage(changes, pages[i], Image(i));
            }

            var hash = SHA256.HashData(plain.AsSpan(0, format.PlainBytes));
            for (var i = 0; i < pages.Length; i++)
            {
                log.ReadOldPage(pages[i], old.AsSpan(0, changes.PageSize));
                PageChunkFormat.Xor(Image(i), old.AsSpan(0, changes.PageSize));
            }

            format.Write(compressed);
            if (!BrotliEncoder.TryCompress(plain.AsSpan(0, format.PlainBytes), compressed.AsSpan(PageChunkFormat.HeaderBytes), out var written, Quality, WindowBits))
                throw new InvalidOperationException("Brotli needs more than it said.");
            return new PageChunk(compressed.AsSpan(0, PageChunkFormat.HeaderBytes + written).ToArray(), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(old);
            ArrayPool<byte>.Shared.Return(compressed);
        }

        Span<byte> Image(int index) => plain.AsSpan((pages.Length * sizeof(uint)) + (index * changes.PageSize), changes.PageSize);
    }
}
