using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>Tiles that were never made before: each run has a fresh copy of the iModel, because native code keeps tiles beside the file.</summary>
internal sealed class TilesPhase(BenchOptions options, ReportTable table)
{
    private static readonly (int Connections, bool Brotli, double Goal)[] Runs = [(16, false, 1.2), (16, true, 1.2), (1, false, 3), (1, true, 3)];

    /// <summary>A run takes a second or two and differs by a fifth from the next.</summary>
    private readonly int _rounds = 2 * options.Rounds;

    public async Task RunAsync()
    {
        using var copies = new IModelCopies(BenchFiles.Rich);
        string[] names = ["first-rpc.bim", "first-get.bim", .. Enumerable.Range(0, _rounds).SelectMany(round => Runs.SelectMany((_, run) => new[] { Name("rpc", round, run), Name("get", round, run) }))];
        var files = names.ToDictionary(name => name, copies.Make);
        var found = Runs.Select(_ => (Peer: new List<Sample>(), ByRpc: new List<Sample>(), ByGet: new List<Sample>())).ToArray();
        await using (ServerProcess ours = await ServerProcess.StartAsync(ServerKind.Ours, files), peer = await ServerProcess.StartAsync(ServerKind.Peer, files))
        {
            TileList tiles = TileList.Find(peer.Port, OpenIModel.Open(peer.Port, "first-rpc.bim"), options.Tiles);
            ByRpc(peer.Port, "first-rpc.bim", Runs[0], tiles);
            ByRpc(ours.Port, "first-rpc.bim", Runs[0], tiles);
            ByGet(ours.Port, "first-get.bim", Runs[0], tiles);
            for (int round = 0; round < _rounds; round++)
            {
                Console.Error.WriteLine($"cold tiles, round {round + 1}");
                for (int run = 0; run < Runs.Length; run++)
                {
                    found[run].Peer.Add(ByRpc(peer.Port, Name("rpc", round, run), Runs[run], tiles));
                    found[run].ByRpc.Add(ByRpc(ours.Port, Name("rpc", round, run), Runs[run], tiles));
                    found[run].ByGet.Add(ByGet(ours.Port, Name("get", round, run), Runs[run], tiles));
                }
            }
        }

        for (int run = 0; run < Runs.Length; run++)
        {
            (int connections, bool brotli, double goal) = Runs[run];
            string suffix = $"{(brotli ? "br" : "no compression")}, c={connections}";
            table.AddRate($"cold tiles, both by generate and retrieve, {suffix}", found[run].ByRpc, found[run].Peer, "tiles/s", goal, 0);
            table.AddRate($"cold tiles, ours by GET of the tile cache, {suffix}", found[run].ByGet, found[run].Peer, "tiles/s", goal, 0);
        }
    }

    private static string Name(string way, int round, int run) => FormattableString.Invariant($"{way}-{round}-{run}.bim");

    private static Sample ByRpc(int port, string key, (int Connections, bool Brotli, double) run, TileList tiles)
    {
        OpenIModel iModel = OpenIModel.Open(port, key);
        return LoadRun.Once(port, run.Connections, tiles.ByRpc(new RpcRequests(iModel, run.Brotli)));
    }

    private static Sample ByGet(int port, string key, (int Connections, bool Brotli, double) run, TileList tiles)
    {
        OpenIModel iModel = OpenIModel.Open(port, key);
        return LoadRun.Once(port, run.Connections, tiles.ByGet(port, new RpcRequests(iModel, run.Brotli)));
    }
}
