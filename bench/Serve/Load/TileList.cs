using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>Tiles that a viewer of an iModel would ask for: of every physical model, level by level, those that its content touches.</summary>
/// <param name="Tiles">What names each.</param>
internal sealed record TileList(IReadOnlyList<TileList.Tile> Tiles)
{
    private const int Deepest = 8;

    /// <summary>One tile.</summary>
    internal sealed record Tile(string Tree, string Guid, string Content);

    /// <summary>Asks a server for the models and their trees.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="iModel">Open there.</param>
    /// <param name="most">How many tiles at most.</param>
    public static TileList Find(int port, OpenIModel iModel, int most)
    {
        var requests = new RpcRequests(iModel, Brotli: false);
        JsonElement models = OpenIModel.Ask(port, requests.Post("IModelReadRpcInterface-3.7.0-queryRows", RpcOperations.Query("SELECT ECInstanceId FROM bis.PhysicalModel ORDER BY ECInstanceId", 100)));
        Tile[][] trees = [.. models.GetProperty("data").EnumerateArray().Select(row => OfModel(port, requests, row[0].GetString()!, most))];
        IEnumerable<Tile> inTurn = Enumerable.Range(0, most).SelectMany(i => trees.Where(tree => i < tree.Length).Select(tree => tree[i]));
        Tile[] tiles = [.. inTurn.Take(most)];
        return tiles.Length > 0 ? new TileList(tiles) : throw new InvalidOperationException($"{iModel.Key} has no tiles.");
    }

    /// <summary>As the frontend fetches them without a tile cache: has each made, then fetches it.</summary>
    public byte[][][] ByRpc(RpcRequests requests) =>
    [
        .. Tiles.Select(tile => (byte[][])
        [
            requests.Get("IModelTileRpcInterface-3.2.0-generateTileContent", Quote(tile.Tree), Quote(tile.Content), Quote(tile.Guid)),
            requests.Post("IModelTileRpcInterface-3.2.0-retrieveTileContent",
                $$"""{"tokenProps":{{requests.IModel.Token}},"treeId":"{{tile.Tree}}","contentId":"{{tile.Content}}","guid":"{{tile.Guid}}"}"""),
        ]),
    ];

    /// <summary>As the frontend fetches them from a tile cache, where the server says that it has one.</summary>
    public byte[][][] ByGet(int port, RpcRequests requests)
    {
        JsonElement cache = OpenIModel.Ask(port, new RpcRequests(requests.IModel, Brotli: false).Post("IModelTileRpcInterface-3.2.0-getTileCacheConfig"));
        string path = new Uri(cache.GetProperty("baseUrl").GetString()!).AbsolutePath;
        string query = cache.GetProperty("authentication").GetString()!;
        return [.. Tiles.Select(tile => (byte[][])[requests.Plain("GET", $"{path}/{requests.IModel.IModelId}/tiles/{tile.Tree}/{tile.Guid}/{tile.Content}?{query}", null)])];
    }

    private static Tile[] OfModel(int port, RpcRequests requests, string model, int most)
    {
        string tree = "25_1d-E:0_" + model;
        JsonElement props = OpenIModel.Ask(port, requests.Get("IModelTileRpcInterface-3.2.0-requestTileTreeProps", Quote(tree)));
        if (!props.TryGetProperty("contentRange", out JsonElement content))
            return [];
        string guid = "first_" + props.GetProperty("contentIdQualifier").GetString();
        JsonElement root = props.GetProperty("rootTile").GetProperty("range");
        var tiles = new List<Tile>();
        for (int depth = 2; depth <= Deepest && tiles.Count < most; depth++)
        {
            (int from, int to) x = Cells(root, content, 0, depth), y = Cells(root, content, 1, depth), z = Cells(root, content, 2, depth);

            // A single cell around everything is one that a viewer skips, and its megabytes would measure the copying of memory.
            if ((x.to - x.from + 1) * (y.to - y.from + 1) < 4)
                continue;
            for (int i = x.from; i <= x.to; i++)
            {
                for (int j = y.from; j <= y.to; j++)
                {
                    for (int k = z.from; k <= z.to; k++)
                        tiles.Add(new Tile(tree, guid, Invariant($"-b-{depth:x}-{i:x}-{j:x}-{k:x}-1")));
                }
            }
        }

        return [.. tiles];
    }

    private static (int From, int To) Cells(JsonElement root, JsonElement content, int axis, int depth)
    {
        double low = root.GetProperty("low")[axis].GetDouble(), size = (root.GetProperty("high")[axis].GetDouble() - low) / (1 << depth);
        int Cell(string end) => Math.Clamp((int)((content.GetProperty(end)[axis].GetDouble() - low) / size), 0, (1 << depth) - 1);
        return (Cell("low"), Cell("high"));
    }

    private static string Quote(string text) => new StringBuilder(text.Length + 2).Append('"').Append(text).Append('"').ToString();
}
