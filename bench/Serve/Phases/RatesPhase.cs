using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Serve.Bench.Report;
using ITwinOrleans.Serve.Bench.Servers;

namespace ITwinOrleans.Serve.Bench.Phases;

/// <summary>Requests per second of three operations, and of tiles that were made before.</summary>
internal sealed class RatesPhase(BenchOptions options, ReportTable table)
{
    private const string WarmByCache = "warm tiles, ours by GET of the tile cache";
    private const string WarmByRpc = "warm tiles, both by generate and retrieve";
    private static readonly int[] Connections = [1, 16, 64];
    private readonly Dictionary<(string, bool, int, ServerKind), List<Sample>> _samples = [];

    public async Task RunAsync()
    {
        var files = new Dictionary<string, string> { ["rich.bim"] = BenchFiles.Rich };
        await using ServerProcess ours = await ServerProcess.StartAsync(ServerKind.Ours, files), peer = await ServerProcess.StartAsync(ServerKind.PeerWithCheckpoints, files);
        OpenIModel snapshot = OpenIModel.Open(ours.Port, "rich.bim"), iModel = snapshot with { Key = snapshot.IModelId + ":" };
        foreach (string name in RpcOperations.Names)
            CheckSame(ours, peer, RpcOperations.Request(name, new RpcRequests(iModel, Brotli: false)));

        (string Name, bool Brotli, byte[][][] Ours, byte[][][] Peer)[] works = [.. Works(ours.Port, peer.Port, iModel)];
        foreach (var work in works)
        {
            // Makes every tile, and lets both runtimes compile what is measured.
            LoadRun.Once(ours.Port, 4, work.Ours);
            LoadRun.Once(peer.Port, 4, work.Peer);
            LoadRun.For(ours.Port, 16, work.Ours, options.Cell);
            LoadRun.For(peer.Port, 16, work.Peer, options.Cell);
        }

        for (int round = 0; round < options.Rounds; round++)
        {
            Console.Error.WriteLine($"rates, round {round + 1}");
            foreach (var work in works)
            {
                foreach (int connections in ConnectionsOf(work.Name))
                {
                    // By turns who is first, so that neither always follows the other's load.
                    Measure(work.Name, work.Brotli, connections, round % 2 == 0 ? ServerKind.Ours : ServerKind.Peer, ours, peer, work.Ours, work.Peer);
                    Measure(work.Name, work.Brotli, connections, round % 2 == 0 ? ServerKind.Peer : ServerKind.Ours, ours, peer, work.Ours, work.Peer);
                }
            }
        }

        foreach ((string name, bool brotli, _, _) in works)
        {
            foreach (int connections in ConnectionsOf(name))
                Report(name, brotli, connections);
        }
    }

    /// <summary>What has no goal is measured at one number of connections.</summary>
    private static int[] ConnectionsOf(string name) => name == WarmByRpc ? [16] : Connections;

    private IEnumerable<(string, bool, byte[][][], byte[][][])> Works(int ours, int peer, OpenIModel iModel)
    {
        TileList tiles = TileList.Find(peer, iModel, options.Tiles);
        foreach (bool brotli in (bool[])[false, true])
        {
            var requests = new RpcRequests(iModel, brotli);
            foreach (string name in RpcOperations.Names)
            {
                byte[][][] request = [[RpcOperations.Request(name, requests)]];
                yield return (name, brotli, request, request);
            }

            byte[][][] byRpc = tiles.ByRpc(requests);
            yield return (WarmByCache, brotli, tiles.ByGet(ours, requests), byRpc);
            yield return (WarmByRpc, brotli, byRpc, byRpc);
        }
    }

    private void Measure(
        string name, bool brotli, int connections, ServerKind kind, ServerProcess ours, ServerProcess peer, byte[][][] ourUnits, byte[][][] peerUnits)
    {
        (int port, byte[][][] units) = kind == ServerKind.Ours ? (ours.Port, ourUnits) : (peer.Port, peerUnits);
        LoadRun.For(port, connections, units, options.WarmUp);
        if (!_samples.TryGetValue((name, brotli, connections, kind), out List<Sample>? samples))
            _samples[(name, brotli, connections, kind)] = samples = [];
        samples.Add(LoadRun.For(port, connections, units, options.Cell));
    }

    private void Report(string name, bool brotli, int connections)
    {
        double goal = name switch { WarmByCache => 10, WarmByRpc => 0, _ => RpcOperations.Goal(name) };
        table.AddRate(
            $"{name}, {(brotli ? "br" : "no compression")}, c={connections}", _samples[(name, brotli, connections, ServerKind.Ours)],
            _samples[(name, brotli, connections, ServerKind.Peer)], name.Contains("tiles", StringComparison.Ordinal) ? "tiles/s" : "requests/s", goal,
            connections == 64 && name != WarmByRpc ? 0.5 : 0);
    }

    /// <summary>A server that answers less is not faster.</summary>
    private static void CheckSame(ServerProcess ours, ServerProcess peer, byte[] request)
    {
        JsonNode our = Comparable(ours, request), other = Comparable(peer, request);
        if (!AreEqual(our, other))
            throw new InvalidOperationException($"The answers differ. Ours: {Start(our)} The peer's: {Start(other)}");
    }

    /// <summary>A query's rows without its statistics; else all but the key, which each server chooses.</summary>
    private static JsonNode Comparable(ServerProcess server, byte[] request)
    {
        JsonObject answer = JsonNode.Parse(OpenIModel.Fetch(server.Port, request))!.AsObject();
        answer.Remove("key");
        return answer["data"] ?? answer;
    }

    /// <summary>Numbers are equal whether they are written 3 or 3.0.</summary>
    private static bool AreEqual(JsonNode? our, JsonNode? other) => (our, other) switch
    {
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(pair => AreEqual(pair.Value, b[pair.Key])),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number => a.GetValue<double>() == b.GetValue<double>(),
        _ => JsonNode.DeepEquals(our, other),
    };

    private static string Start(JsonNode node) => node.ToJsonString() is var text && text.Length > 500 ? text[..500] : node.ToJsonString();
}
