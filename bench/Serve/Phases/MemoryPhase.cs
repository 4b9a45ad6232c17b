using System.Diagnostics;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;
using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>The memory of the server and its workers with more and more iModels open, each of which was used as a viewer does.</summary>
internal sealed class MemoryPhase(BenchOptions options, ReportTable table)
{
    public async Task RunAsync()
    {
        var files = Enumerable.Range(0, options.Open[^1]).ToDictionary(Name, i => i % 2 == 0 ? BenchFiles.Rich : BenchFiles.Test);
        var found = new Dictionary<(int Open, ServerKind Kind), List<ProcessMemory>>();
        long started = Stopwatch.GetTimestamp();
        int round = 0;
        for (; round < options.Rounds && (round == 0 || Stopwatch.GetElapsedTime(started) < options.PhaseLimit); round++)
        {
            foreach (ServerKind kind in (ServerKind[])[ServerKind.Ours, ServerKind.Peer])
            {
                Console.Error.WriteLine($"memory, round {round + 1}, {kind.Name}");
                await using ServerProcess server = await ServerProcess.StartAsync(kind, files);
                int open = 0;
                foreach (int next in options.Open)
                {
                    for (; open < next; open++)
                        Use(server.Port, OpenIModel.Open(server.Port, Name(open)));
                    if (!found.TryGetValue((next, kind), out List<ProcessMemory>? list))
                        found[(next, kind)] = list = [];
                    list.Add(ProcessMemory.Of(server.Id));
                }
            }
        }

        foreach (int open in options.Open)
        {
            Report($"RSS with {open} open and used, sum of all processes, MB", memory => memory.Resident, isGoal: true);
            Report($"PSS with {open} open and used (shared pages once), MB", memory => memory.Proportional, isGoal: false);

            void Report(string measure, Func<ProcessMemory, double> figure, bool isGoal)
            {
                double our = Sample.Middle(found[(open, ServerKind.Ours)].Select(figure)), other = Sample.Middle(found[(open, ServerKind.Peer)].Select(figure));
                table.Add(new ReportRow(
                    measure, Invariant($"{our:0}"), Invariant($"{other:0}"), Invariant($"{our / other:0.00}"), isGoal ? "<= 1.00" : "",
                    isGoal ? our <= other : null, round));
            }
        }
    }

    private static string Name(int index) => Invariant($"copy-{index:00}.bim");

    private static void Use(int port, OpenIModel iModel)
    {
        var requests = new RpcRequests(iModel, Brotli: true);
        foreach (string name in RpcOperations.Names.Where(name => name != "getConnectionProps"))   // The peer answers it for checkpoints only.
            OpenIModel.Fetch(port, RpcOperations.Request(name, requests));
        OpenIModel.Fetch(port, RpcOperations.ElementProps(requests, ["0x1", "0x10", "0x11"]));
        if (iModel.Key[^5] % 2 == 0)
            LoadRun.Once(port, 2, TileList.Find(port, iModel, 8).ByRpc(requests));
    }
}
