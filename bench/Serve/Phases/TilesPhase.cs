using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>Tiles that were never made before: each run has a fresh copy of the iModel, because native code keeps tiles beside the file.</summary>
internal sealed class TilesPhase(BenchOptions options, ReportTable table)
{
    /// <summary>How many iModels are used before the one whose tiles are measured by GET: enough that each worker has one.</summary>
    private const int Before = 4;

    private static readonly (int Connections, bool Brotli, double Goal)[] Runs = [(16, false, 1.2), (16, true, 1.2), (1, false, 3), (1, true, 3)];

    public async Task RunAsync()
    {
        string[] names = [.. Enumerable.Range(0, options.Rounds).SelectMany(round => Runs.Select((_, run) => Name(round, run))), "warm.bim"];
        var files = names.ToDictionary(name => name, _ => BenchFiles.Rich);
        var byRpc = Runs.Select(_ => (Ours: new List<Sample>(), Peer: new List<Sample>())).ToArray();
        var byGet = Runs.Select(_ => new List<Sample>()).ToArray();
        TileList tiles;
        await using (ServerProcess ours = await ServerProcess.StartAsync(ServerKind.Ours, files), peer = await ServerProcess.StartAsync(ServerKind.Peer, files))
        {
            tiles = TileList.Find(peer.Port, OpenIModel.Open(peer.Port, "warm.bim"), options.Tiles);
            ByRpc(peer.Port, "warm.bim", (16, false, 0), tiles);
            ByRpc(ours.Port, "warm.bim", (16, false, 0), tiles);
            for (int round = 0; round < options.Rounds; round++)
            {
                Console.Error.WriteLine($"cold tiles by RPC, round {round + 1}");
                for (int run = 0; run < Runs.Length; run++)
                {
                    byRpc[run].Peer.Add(ByRpc(peer.Port, Name(round, run), Runs[run], tiles));
                    byRpc[run].Ours.Add(ByRpc(ours.Port, Name(round, run), Runs[run], tiles));
                }
            }
        }

        for (int round = 0; round < options.Rounds; round++)
        {
            Console.Error.WriteLine($"cold tiles by GET, round {round + 1}");
            for (int run = 0; run < Runs.Length; run++)
                byGet[run].Add(await ByGetAsync(Runs[run], tiles));
        }

        for (int run = 0; run < Runs.Length; run++)
        {
            (int connections, bool brotli, double goal) = Runs[run];
            string suffix = $"{(brotli ? "br" : "no compression")}, c={connections}";
            table.AddRate($"cold tiles, both by generate and retrieve, {suffix}", byRpc[run].Ours, byRpc[run].Peer, "tiles/s", goal, 0);
            table.AddRate($"cold tiles, ours by GET of the tile cache, {suffix}", byGet[run], byRpc[run].Peer, "tiles/s", goal, 0);
        }
    }

    private static string Name(int round, int run) => FormattableString.Invariant($"cold-{round}-{run}.bim");

    private static Sample ByRpc(int port, string key, (int Connections, bool Brotli, double) run, TileList tiles)
    {
        OpenIModel iModel = OpenIModel.Open(port, key);
        return LoadRun.Once(port, run.Connections, tiles.ByRpc(new RpcRequests(iModel, run.Brotli)));
    }

    /// <summary>
    /// A server of its own: the tile cache goes by the iModel's id, which all copies share. Before it come tiles of other iModels, as before those of the other servers: by RPC in
    /// each worker (an iModel's name decides which it gets), and as many as are measured by GET.
    /// </summary>
    private async Task<Sample> ByGetAsync((int Connections, bool Brotli, double) run, TileList tiles)
    {
        string[] before = [.. Enumerable.Range(0, Before).Select(i => FormattableString.Invariant($"before-{i}.bim"))];
        var files = before.ToDictionary(name => name, _ => BenchFiles.Other());
        files.Add("large.bim", BenchFiles.Large());
        files.Add("rich.bim", BenchFiles.Rich);
        await using ServerProcess server = await ServerProcess.StartAsync(ServerKind.Ours, files);
        foreach (string name in before)
            ByRpc(server.Port, name, (16, false, 0), TileList.Find(server.Port, OpenIModel.Open(server.Port, name), options.Tiles));
        OpenIModel large = OpenIModel.Open(server.Port, "large.bim");
        ByGet(large, TileList.Find(server.Port, large, options.Tiles));
        return ByGet(OpenIModel.Open(server.Port, "rich.bim"), tiles);

        Sample ByGet(OpenIModel iModel, TileList own) => LoadRun.Once(server.Port, run.Connections, own.ByGet(server.Port, new RpcRequests(iModel, run.Brotli)));
    }
}
