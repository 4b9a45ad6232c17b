using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>What a file has, found by asking the peer: the values of the placeholders of the request list.</summary>
internal sealed class Facts
{
    private readonly Dictionary<string, JsonNode?> _values = [];

    /// <summary>The iTwin's id, for URLs.</summary>
    public required string ITwinId { get; init; }

    /// <summary>The iModel's id, for URLs.</summary>
    public required string IModelId { get; init; }

    /// <summary>Opens a file at the peer and finds out.</summary>
    public static async Task<Facts> FindAsync(RpcEnd peer, string key)
    {
        JsonNode opened = await OpenAsync(peer, key);
        string iTwinId = opened["iTwinId"]!.GetValue<string>(), iModelId = opened["iModelId"]!.GetValue<string>();
        var facts = new Facts { ITwinId = iTwinId, IModelId = iModelId };
        facts.Set("token", Token(key, iTwinId, iModelId));
        facts.Set("closed", Token("closed.bim", iTwinId, iModelId));
        facts.Set("key", key);
        facts.Set("iTwinId", iTwinId);
        Task<string[]> Ids(string ecsql) => QueryAsync(peer, facts, ecsql);

        string[] geometric = await Ids("SELECT ECInstanceId FROM bis.GeometricElement3d WHERE GeometryStream IS NOT NULL ORDER BY ECInstanceId LIMIT 2");
        facts.Set("geom", geometric[0]);
        facts.Set("geom2", geometric[1]);
        facts.Set("geomSet", Compress(geometric));
        string[] categories = await Ids("SELECT ECInstanceId FROM bis.Category ORDER BY ECInstanceId");
        facts.Set("category", categories[0]);
        facts.Set("element", categories[0]);
        facts.Set("categorySet", Compress(categories));
        facts.Set("modelSet", Compress(await Ids("SELECT ECInstanceId FROM bis.PhysicalModel ORDER BY ECInstanceId")));
        string model = (await Ids("SELECT Model.Id FROM bis.GeometricElement3d ORDER BY ECInstanceId LIMIT 1"))[0];
        facts.Set("model", model);
        facts.Set("view", (await Ids("SELECT ECInstanceId FROM bis.ViewDefinition ORDER BY ECInstanceId LIMIT 1"))[0]);
        facts.Set("displayStyle", (await Ids("SELECT ECInstanceId FROM bis.DisplayStyle ORDER BY ECInstanceId LIMIT 1"))[0]);
        string[] guids = await Ids("SELECT FederationGuid FROM bis.Element WHERE FederationGuid IS NOT NULL ORDER BY ECInstanceId LIMIT 1");
        facts.Set("federationGuid", guids.Length > 0 ? guids[0] : "00000000-0000-0000-0000-000000000002");
        facts.Set("tree", "25_1d-E:0_" + model);
        Answer tree = await peer.SendAsync(facts, "IModelTileRpcInterface-3.2.0-requestTileTreeProps", facts.Fill(["$token", "$tree"]));
        facts.Set("content", tree.Body!["rootTile"]!["contentId"]!.GetValue<string>());
        return facts;
    }

    /// <summary>Opens a file as a snapshot.</summary>
    public static async Task<JsonNode> OpenAsync(RpcEnd end, string key)
    {
        var nobody = new Facts { ITwinId = "", IModelId = "undefined" };
        Answer opened = await end.SendAsync(nobody, "SnapshotIModelRpcInterface-2.0.0-openRemote", [key]);
        return opened.Status == 200 ? opened.Body! : throw new InvalidOperationException($"{end.Name} does not open {key}: {opened.Status} {opened.Body}");
    }

    /// <summary>Puts the values into the places of the placeholders.</summary>
    public JsonArray Fill(JsonArray arguments) => (JsonArray)FillNode(arguments)!;

    private JsonNode? FillNode(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(FillNode)]),
        JsonObject item => new JsonObject(item.Select(pair => KeyValuePair.Create(pair.Key, FillNode(pair.Value)))),
        JsonValue value when value.TryGetValue(out string? text) && text.StartsWith('$') => _values[text[1..]]?.DeepClone(),
        _ => node?.DeepClone(),
    };

    private void Set(string name, JsonNode? value) => _values[name] = value;

    private static JsonObject Token(string key, string iTwinId, string iModelId) => new()
    {
        ["key"] = key, ["iTwinId"] = iTwinId, ["iModelId"] = iModelId, ["changeset"] = new JsonObject { ["id"] = "", ["index"] = 0 },
    };

    private static async Task<string[]> QueryAsync(RpcEnd peer, Facts facts, string ecsql)
    {
        var request = new JsonObject
        {
            ["kind"] = 1, ["query"] = ecsql, ["rowFormat"] = 1, ["args"] = new JsonObject(), ["limit"] = new JsonObject { ["offset"] = 0, ["count"] = -1 },
        };
        Answer answer = await peer.SendAsync(facts, "IModelReadRpcInterface-3.7.0-queryRows", facts.Fill(["$token", request]));
        return [.. answer.Body!["data"]!.AsArray().Select(row => row![0]!.GetValue<string>())];
    }

    /// <summary>A compressed set of ids (core-bentley <c>CompressedId64Set</c>): the differences, in hexadecimal digits.</summary>
    private static string Compress(string[] ids)
    {
        ulong before = 0;
        var set = new StringBuilder();
        foreach (ulong id in ids.Select(id => ulong.Parse(id.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Order())
        {
            set.Append('+').Append((id - before).ToString("X", CultureInfo.InvariantCulture));
            before = id;
        }

        return set.ToString();
    }
}
