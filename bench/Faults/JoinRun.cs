using System.Diagnostics;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;
using static System.FormattableString;

namespace ITwinOrleans.Faults.Bench;

/// <summary>A silo joins two that have nine iModels under edit: how they spread, what that costs, and what the cluster does before and after.</summary>
internal static class JoinRun
{
    private const int IModels = 9;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync()
    {
        string[] keys = [.. Enumerable.Range(1, IModels).Select(i => $"edit{i}.bim")];
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(Path.Combine(PeerFiles.Data, "edit.bim"), keys, 2);
        ClusterEditor[] editors = [.. keys.Select((key, i) => new ClusterEditor([cluster.Apis[i % 2], cluster.Apis[(i + 1) % 2]], key, $"editor{i}"))];
        try
        {
            await Task.WhenAll(editors.Select(editor => editor.InsertAsync()));
            foreach (ClusterEditor editor in editors)
                editor.Start(TimeSpan.Zero);
            await Task.Delay(Window / 4);
            Console.WriteLine($"Two silos: {Text(await cluster.SpreadAsync())}, {await RateAsync(editors)}");
            long joined = Stopwatch.GetTimestamp();
            await cluster.StartSiloAsync("c");
            Console.WriteLine(Invariant($"A third one serves after {Stopwatch.GetElapsedTime(joined).TotalSeconds:0.0} s"));
            long served = Stopwatch.GetTimestamp();
            IReadOnlyDictionary<string, int> spread = await cluster.SpreadAsync();
            for (string last = ""; spread.Values.Max() - spread.Values.Min() > 1 || spread.Values.Sum() != IModels; spread = await cluster.SpreadAsync())
            {
                if (Stopwatch.GetElapsedTime(served) > Patience)
                    throw new TimeoutException("The iModels did not spread: " + Text(spread));
                if (Text(spread) != last)
                    Console.WriteLine(Invariant($"  {Stopwatch.GetElapsedTime(served).TotalSeconds:0.0} s: {last = Text(spread)}"));
                await Task.Delay(Look);
            }

            Console.WriteLine(Invariant($"  {Stopwatch.GetElapsedTime(served).TotalSeconds:0.0} s: {Text(spread)}"));
            Console.WriteLine($"Three silos: {Text(spread)}, {await RateAsync(editors)}");
            await Task.WhenAll(editors.Select(editor => editor.StopAsync()));
            TimeSpan[] longest = [.. editors.Select(editor => editor.LongestPauseAfter(joined)).Order()];
            Console.WriteLine(Invariant($"The longest wait for one acknowledgement since, of each iModel: {string.Join(", ", longest.Select(pause => Invariant($"{pause.TotalSeconds:0.00}")))} s; refusals that editors repeated: {editors.Sum(editor => editor.Refusals.Values.Sum())}"));
            List<string> faults = [];
            foreach (string key in keys)
                faults.AddRange(await ClusterHistory.FaultsAsync(cluster.Apis[0], key, editors));
            Console.WriteLine(faults.Count == 0 ? "No edit was lost or doubled." : string.Join('\n', faults.Take(50)));
            return faults.Count == 0 ? 0 : 1;
        }
        finally
        {
            foreach (ClusterEditor editor in editors)
                await editor.DisposeAsync();
        }
    }

    private static async Task<string> RateAsync(ClusterEditor[] editors)
    {
        int before = editors.Sum(editor => editor.Acknowledged.Count);
        long started = Stopwatch.GetTimestamp();
        await Task.Delay(Window);
        return Invariant($"{(editors.Sum(editor => editor.Acknowledged.Count) - before) / Stopwatch.GetElapsedTime(started).TotalSeconds:0} edits/s");
    }

    private static string Text(IReadOnlyDictionary<string, int> spread) => string.Join(" + ", spread.Values);
}
