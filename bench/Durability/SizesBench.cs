using System.Diagnostics;
using System.IO.Compression;
using ITwinOrleans.Grains.Durability.Wal;
using ITwinOrleans.Native;

namespace ITwinOrleans.Durability.Bench;

/// <summary>How many bytes a commit is as it could be shipped, and what making them takes.</summary>
internal static class SizesBench
{
    public static async Task RunAsync(string iModel, int commits, int elements)
    {
        await using NativeEngine engine = await NativeEngine.StartAsync();
        var path = LiveFile.CopyOf(iModel);
        using var wal = new WalReader(path);
        await using LiveFile file = await LiveFile.OpenAsync(engine, path);
        var totals = new SortedDictionary<string, (long Bytes, TimeSpan Time)>(StringComparer.Ordinal);
        void Add(string name, Func<long> make)
        {
            var started = Stopwatch.GetTimestamp();
            var bytes = make();
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            totals.TryGetValue(name, out var sum);
            totals[name] = (sum.Bytes + bytes, sum.Time + took);
        }

        long frames = 0;
        for (var i = -20; i < commits; i++)
        {
            var before = wal.Offset;
            await file.CommitAsync(elements);
            var changes = wal.Read()!;
            frames += changes.End.Offset - before;
            byte[] plain = [], delta = [];
            Add("0 read", () => wal.Offset);
            Add("1 plain pages", () => (plain = Pages(wal, changes, delta: false)).Length);
            Add("2 deltas", () => (delta = Pages(wal, changes, delta: true)).Length);
            foreach (var (name, content) in new[] { ("plain", plain), ("delta", delta) })
            {
                foreach (var quality in new[] { 0, 1, 2, 4 })
                    Add($"3 {name} brotli {quality}", () => Brotli(content, quality));
                Add($"3 {name} deflate fastest", () => Deflate(content, CompressionLevel.Fastest));
                Add($"3 {name} deflate optimal", () => Deflate(content, CompressionLevel.Optimal));
            }

            Add("4 accept", () =>
            {
                wal.Accept(changes);
                return 0;
            });
            if (i < 0)
            {
                totals.Clear();
                frames = 0;
            }
        }

        Console.WriteLine($"WAL bytes a commit: {frames / commits}");
        foreach (var (name, (bytes, time)) in totals)
            Console.WriteLine($"{name,-25} {bytes / commits,10} bytes {time.TotalMicroseconds / commits,10:0} us");
    }

    private static byte[] Pages(WalReader wal, WalChanges changes, bool delta)
    {
        var result = new byte[changes.Frames.Count * changes.PageSize];
        var old = new byte[changes.PageSize];
        var at = 0;
        foreach (var page in changes.Frames.Keys)
        {
            Span<byte> image = result.AsSpan(at, changes.PageSize);
            wal.ReadPage(changes, page, image);
            if (delta)
            {
                wal.ReadOldPage(page, old);
                for (var i = 0; i < image.Length; i++)
                    image[i] ^= old[i];
            }

            at += image.Length;
        }

        return result;
    }

    private static long Brotli(byte[] content, int quality)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, target, out var written, quality, 18) ? written : throw new InvalidOperationException();
    }

    private static long Deflate(byte[] content, CompressionLevel level)
    {
        var target = new MemoryStream();
        using (var stream = new DeflateStream(target, level, leaveOpen: true))
            stream.Write(content);
        return target.Length;
    }
}
