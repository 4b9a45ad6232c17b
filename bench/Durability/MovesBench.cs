using System.Diagnostics;
using System.Globalization;
using System.Text;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Native;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Durability.Bench;

/// <summary>How long an iModel takes to be opened for writing, restored and moved in a cluster, by the size of its file; the shared store is a folder of this disk.</summary>
internal static class MovesBench
{
    private const int Commits = 500;
    private const string Key = "bench.bim";
    private static readonly string[] Columns = ["file MB", "first opening (stores the base)", "again on the same silo", "on another silo", "back on the first", "prepared ahead on another", "on the prepared one", "close for a move", "compaction"];

    public static async Task RunAsync(string iModel, IReadOnlyList<int> megabytes)
    {
        await using NativeEngine engine = await NativeEngine.StartAsync();
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        Console.WriteLine($"Milliseconds; from the second column on with {Commits} commits of one element in the journal.");
        Console.WriteLine($"| {string.Join(" | ", Columns)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Columns.Length))}");
        foreach (var size in megabytes)
            Console.WriteLine($"| {string.Join(" | ", (await MeasureAsync(engine, server, iModel, size)).Select(n => n.ToString("0", CultureInfo.InvariantCulture)))} |");
    }

    private static async Task<double[]> MeasureAsync(NativeEngine engine, PostgreSqlServer server, string iModel, int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("itwin-durability-").FullName;
        try
        {
            var database = await server.CreateDatabaseAsync();
            await using BenchSilo a = new("a", folder, database), b = new("b", folder, database);
            var catalog = LiveFile.CopyOf(iModel);
            await LiveFile.GrowAsync(engine, catalog, megabytes);
            var (first, seeded) = await OpenAsync(engine, a, catalog);
            for (var i = 1; i <= Commits; i++)
            {
                await seeded.File.CommitAsync();
                await seeded.Journal.AppendAsync(new CommitRecord(i, Encoding.UTF8.GetBytes($$"""{"sequence":{{i}}}""")), default);
            }

            var close = await CloseAsync(a, seeded);
            var (again, same) = await OpenAsync(engine, a, catalog);
            await CloseAsync(a, same);
            var (other, moved) = await OpenAsync(engine, b, catalog);
            await CloseAsync(b, moved);
            var (back, returned) = await OpenAsync(engine, a, catalog);
            var ahead = await TimeAsync(() => b.LiveFiles.PrepareAheadAsync(Key, default));
            await CloseAsync(a, returned);
            var (prepared, last) = await OpenAsync(engine, b, catalog);
            var compaction = await TimeAsync(() => last.Journal.CompactAsync(_ => last.File.CheckpointAsync(), default));
            await CloseAsync(b, last);
            var size = new FileInfo(catalog).Length / 1e6;
            Directory.Delete(Path.GetDirectoryName(catalog)!, recursive: true);
            return [size, first, again, other, back, ahead, prepared, close, compaction];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Milliseconds, Opened Opened)> OpenAsync(NativeEngine engine, BenchSilo silo, string catalog)
    {
        Opened opened = null!;
        var taken = await TimeAsync(async () =>
        {
            var (ownership, path, journal) = await silo.OpenAsync(Key, catalog);
            opened = new Opened(ownership, journal, await LiveFile.OpenAsync(engine, path));
            await journal.SyncAsync(default);
        });
        return (taken, opened);
    }

    private static Task<double> CloseAsync(BenchSilo silo, Opened opened) => TimeAsync(async () =>
    {
        await opened.Journal.SyncAsync(default);
        await opened.File.DisposeAsync();
        await opened.Journal.DisposeAsync();
        await silo.ReleaseAsync(opened.Ownership);
    });

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private sealed record Opened(Ownership Ownership, ICommitJournal Journal, LiveFile File);
}
