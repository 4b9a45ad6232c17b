using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Elements;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>Cuts changed entities (core-common <c>NotifyEntitiesChangedArgs</c>) into pieces of 1000, as core-backend does (<c>TxnManager</c>).</summary>
internal static class EntityChunks
{
    private const int Most = 1000;
    private static readonly string[] Kinds = ["inserted", "deleted", "updated"];

    /// <summary>The pieces; none when nothing changed.</summary>
    public static IEnumerable<JsonNode> Of(JsonElement entities)
    {
        int count = Kinds.Sum(kind => Metas(entities, kind).Length);
        if (count == 0)
            return [];
        return count <= Most ? [JsonNode.Parse(entities.GetRawText())!] : Cut(entities);
    }

    private static IEnumerable<JsonNode> Cut(JsonElement entities)
    {
        foreach (string kind in Kinds)
        {
            int[] metas = Metas(entities, kind);
            if (metas.Length == 0)
                continue;
            List<string> ids = CompressedId64Set.Decompress(entities.GetProperty(kind).GetString()!, int.MaxValue);
            for (int from = 0; from < ids.Count; from += Most)
                yield return Chunk(entities, kind, ids.GetRange(from, Math.Min(Most, ids.Count - from)), metas[from..Math.Min(metas.Length, from + Most)]);
        }
    }

    private static JsonObject Chunk(JsonElement entities, string kind, List<string> ids, int[] metas)
    {
        var chunk = new JsonObject { ["insertedMeta"] = new JsonArray(), ["updatedMeta"] = new JsonArray(), ["deletedMeta"] = new JsonArray() };
        chunk[kind] = CompressedId64Set.Compress(ids);
        chunk[kind + "Meta"] = new JsonArray([.. metas.Select(meta => (JsonNode)meta)]);
        chunk["meta"] = JsonNode.Parse(entities.GetProperty("meta"u8).GetRawText());
        return chunk;
    }

    private static int[] Metas(JsonElement entities, string kind) =>
        entities.TryGetProperty(kind + "Meta", out JsonElement metas) ? [.. metas.EnumerateArray().Select(meta => meta.GetInt32())] : [];
}
