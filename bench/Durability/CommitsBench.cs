using System.Diagnostics;
using System.Text;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Native;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Durability.Bench;

/// <summary>What a commit of one element takes: natively with SQLite's sync, the same with the journal's round trip, and with 16 that share round trips.</summary>
internal static class CommitsBench
{
    private const int Overlapping = 16;

    public static async Task RunAsync(string iModel, int commits)
    {
        var folder = Directory.CreateTempSubdirectory("itwin-durability-").FullName;
        await using NativeEngine engine = await NativeEngine.StartAsync();
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        await using var silo = new BenchSilo("a", folder, await server.CreateDatabaseAsync());
        var (_, path, journal) = await silo.OpenAsync("bench.bim", LiveFile.CopyOf(iModel));
        await using LiveFile file = await LiveFile.OpenAsync(engine, path);
        await journal.SyncAsync(default);
        long sequence = 0;
        Task AppendAsync() => journal.AppendAsync(new CommitRecord(++sequence, Encoding.UTF8.GetBytes($$"""{"sequence":{{sequence}},"text":"{{new string('x', 500)}}"}""")), default);

        Console.WriteLine("| a commit of one element | p50 ms | p99 ms | commits/s |");
        Console.WriteLine("|---|---|---|---|");
        await MeasureAsync("warm-up", 50, async () =>
        {
            await file.CommitAsync();
            await AppendAsync();
        });
        await MeasureAsync("committed on this disk (SQLite, synchronous=FULL)", commits, () => file.CommitAsync());
        await journal.SyncAsync(default);
        await MeasureAsync("the same, then in the journal (PostgreSQL, synchronous_commit=on)", commits, async () =>
        {
            await file.CommitAsync();
            await AppendAsync();
        });
        await MeasureAsync($"the same, {Overlapping} under way at once", commits / Overlapping, async () =>
        {
            List<Task> under = [];
            for (var i = 0; i < Overlapping; i++)
            {
                await file.CommitAsync();
                under.Add(AppendAsync());
            }

            await Task.WhenAll(under);
        }, Overlapping);
        await journal.DisposeAsync();
    }

    private static async Task MeasureAsync(string name, int times, Func<Task> act, int commitsEach = 1)
    {
        var taken = new double[times];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await act();
            taken[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(taken);
        if (name != "warm-up")
            Console.WriteLine(FormattableString.Invariant($"| {name} | {taken[times / 2]:0.0} | {taken[(int)(times * 0.99)]:0.0} | {times * commitsEach / seconds:0} |"));
    }
}
