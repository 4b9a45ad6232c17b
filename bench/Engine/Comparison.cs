using System.Diagnostics;
using System.Text.Json;
using ITwinOrleans.Native;

namespace ITwinOrleans.Engine.Bench;

/// <summary>Runs both sides by turns, each in processes of their own on copies of one file, and compares the medians.</summary>
internal static class Comparison
{
    /// <summary>What issue and docs ask for: the least ratio of Node's figure to ours.</summary>
    private static readonly Dictionary<string, double> Goals = new()
    {
        ["getElement"] = 1.4,
        ["getElement with geometry"] = 1.6,
        ["step select * from bis.element"] = 1.8,
        ["20,000 rows by concurrent query"] = 1.4,
        ["main thread busy meanwhile"] = 10,
        ["insertElement"] = 1.1,
        ["RSS"] = 1 / 0.65,
        ["start to first answer"] = 1 / 0.8,
    };

    public static async Task<int> RunAsync(string file, int runs)
    {
        string addon = new NativeEngineOptions().AddonPath;
        // Compiled ahead of time, as the worker program is; "dotnet run" runs the assembly.
        string program = Path.Combine(AppContext.BaseDirectory, "ITwinOrleans.Engine.Bench");
        string script = Path.Combine(AppContext.BaseDirectory, "peer.mjs");
        var ours = new Dictionary<string, List<Measure>>();
        var peers = new Dictionary<string, List<Measure>>();
        for (int run = 0; run < runs; run++)
        {
            await MeasureAsync(peers, file, copy => new ProcessStartInfo("node", [script, addon, copy]));
            await MeasureAsync(ours, file, copy => AsWorker(new ProcessStartInfo(program, ["measure", copy])));
            Console.Error.WriteLine($"run {run + 1} of {runs}");
        }

        Console.WriteLine($"| median of {runs} interleaved runs | Node | .NET | ratio | goal | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, double goal) in Goals)
        {
            double peer = Median(peers[name]), our = Median(ours[name]);
            Console.WriteLine($"| {name} ({ours[name][0].Unit}) | {peer:0.0} | {our:0.0} | {peer / our:0.00} | {goal:0.00} | {(peer / our >= goal ? "met" : "MISSED")} |");
        }

        return 0;
    }

    /// <summary>With the environment in which a worker process is started (WorkerGeneration in src/Worker, which says why).</summary>
    private static ProcessStartInfo AsWorker(ProcessStartInfo start)
    {
        start.Environment["DOTNET_GCgen0size"] = "200000";
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        return start;
    }

    private static async Task MeasureAsync(Dictionary<string, List<Measure>> into, string file, Func<string, ProcessStartInfo> command)
    {
        string folder = Directory.CreateTempSubdirectory("itwin-engine-bench-").FullName;
        try
        {
            string copy = Path.Combine(folder, Path.GetFileName(file));
            File.Copy(file, copy);
            ProcessStartInfo start = command(copy);
            start.RedirectStandardOutput = true;
            long began = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Measure measure = JsonSerializer.Deserialize(line, MeasureJson.Default.Measure)!;
                if (measure.Name == "first")
                    measure = new Measure("start to first answer", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
                if (!into.TryGetValue(measure.Name, out List<Measure>? list))
                    into[measure.Name] = list = [];
                list.Add(measure);
            }

            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<Measure> measures) => measures.Select(measure => measure.Value).Order().ElementAt(measures.Count / 2);
}
