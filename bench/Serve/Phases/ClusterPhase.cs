using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>What the way through a cluster costs: the same requests to one process, to an Api whose owners are in a silo of its own process, and to the peer. And
/// commits, whose way to the disk is another in a cluster.</summary>
internal sealed class ClusterPhase(BenchOptions options, ReportTable table)
{
    // More than one measurement commits, so that no operation id is sent twice.
    private const int Commits = 4000;
    private const string Editable = "edit.bim";

    private static readonly int[] Connections = [1, 16];

    public async Task RunAsync()
    {
        var files = new Dictionary<string, string> { ["rich.bim"] = BenchFiles.Rich, [Editable] = Path.Combine(PeerFiles.Data, Editable) };
        await using ServerProcess cluster = await ServerProcess.StartAsync(ServerKind.Cluster, files), single = await ServerProcess.StartAsync(ServerKind.Ours, files),
            peer = await ServerProcess.StartAsync(ServerKind.PeerWithCheckpoints, files);
        OpenIModel snapshot = OpenIModel.Open(single.Port, "rich.bim");
        OpenIModel.Open(cluster.Port, "rich.bim");
        var requests = new RpcRequests(snapshot with { Key = snapshot.IModelId + ":" }, Brotli: false);
        foreach (string name in RpcOperations.Names)
        {
            byte[][][] units = [[RpcOperations.Request(name, requests)]];
            foreach (int connections in Connections)
            {
                List<Sample>[] samples = Measure([cluster, single, peer], connections, _ => units);
                table.AddRate($"{name}, through a cluster, c={connections}", samples[0], samples[2], "requests/s", 0, 0);
                table.AddRate($"{name}, one process, c={connections}", samples[1], samples[2], "requests/s", 0, 0);
            }
        }

        foreach (int connections in Connections)
        {
            List<Sample>[] samples = Measure([cluster, single], connections, _ => EditRequests.Make(Editable, Commits));
            table.AddRate($"commits of one element, journal in PostgreSQL (ours) and one process's disk (in the peer's column), c={connections}", samples[0], samples[1], "commits/s", 0, 0);
        }
    }

    private List<Sample>[] Measure(ServerProcess[] servers, int connections, Func<ServerProcess, byte[][][]> units)
    {
        List<Sample>[] samples = [.. servers.Select(_ => new List<Sample>())];
        for (int round = 0; round < options.Rounds; round++)
        {
            for (int i = 0; i < servers.Length; i++)
            {
                // By turns who is first.
                int server = (i + round) % servers.Length;
                LoadRun.For(servers[server].Port, connections, units(servers[server]), options.WarmUp);
                samples[server].Add(LoadRun.For(servers[server].Port, connections, units(servers[server]), options.Cell));
            }
        }

        return samples;
    }
}
