using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Phases;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Tests.Peer;
using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench;

/// <summary>Measures this server and the Node.js backend in one run and writes one table.</summary>
internal static class ServeBench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (!PeerFiles.IsAvailable)
        {
            Console.Error.WriteLine("There is no Node.js peer: set ITWIN_PEER to the folder of its server.mjs.");
            return 2;
        }

        _ = PeerFiles.Folder;
        _ = BenchFiles.Large();
        long started = Stopwatch.GetTimestamp();
        var table = new ReportTable();
        (Sample alone, Sample many) = MeasureClient(options);
        foreach (string phase in options.Phases)
        {
            switch (phase)
            {
                case "rates": await new RatesPhase(options, table).RunAsync(); break;
                case "tiles": await new TilesPhase(options, table).RunAsync(); break;
                case "head": await new HeadOfLinePhase(options, table).RunAsync(); break;
                case "memory": await new MemoryPhase(options, table).RunAsync(); break;
                case "cluster": await new ClusterPhase(options, table).RunAsync(); break;
                default: throw new ArgumentException("No such phase: " + phase, nameof(options));
            }
        }

        Console.WriteLine(Invariant($"Medians of interleaved rounds, {Environment.ProcessorCount} cores, which client and servers share; {RuntimeVersion()}; took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s."));
        Console.WriteLine(Invariant($"The load generator itself, against a server that answers the same bytes to everything: {alone.PerSecond:0} requests/s at c=1, {many.PerSecond:0} at c=64 (p99 {many.P99:0.0} ms); {many.ClientMicroseconds:0} us of its own processor time for each."));
        Console.WriteLine();
        table.Write(Console.Out);
        return 0;
    }

    /// <summary>What the load generator reaches, so that its limit is not taken for a server's.</summary>
    private static (Sample Alone, Sample Many) MeasureClient(BenchOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["answer-nothing"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The server for the self-check did not start.");
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server for the self-check ended.");
        int port = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        byte[][][] units = [[new RpcRequests(OpenIModel.None, Brotli: true).Get("IModelReadRpcInterface-3.7.0-getConnectionProps")]];
        LoadRun.For(port, 16, units, options.Cell);
        Sample alone = LoadRun.For(port, 1, units, options.Cell), many = LoadRun.For(port, 64, units, options.Cell);
        process.StandardInput.Close();
        process.WaitForExit();
        return (alone, many);
    }

    private static string RuntimeVersion() => System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
}
