using System.Text.Json;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>Finds where two answers differ.</summary>
internal static class Comparison
{
    /// <summary>The places: <c>status</c>, <c>header:...</c>, or a path in the body (<c>/data/0/1</c>) with both values.</summary>
    public static IEnumerable<(string Path, string Peer, string Ours)> Differences(Answer peer, Answer ours, bool isUnordered)
    {
        if (peer.Status != ours.Status)
            yield return ("status", $"{peer.Status} {Show(peer.Body)}", $"{ours.Status} {Show(ours.Body)}");
        foreach ((string name, string value) in peer.Headers)
        {
            if (ours.Headers[name] != value)
                yield return ("header:" + name, value, ours.Headers[name]);
        }

        // Different statuses have different bodies.
        if (peer.Status != ours.Status)
            yield break;
        foreach ((string, string, string) difference in Compare("", Ordered(peer.Body, isUnordered), Ordered(ours.Body, isUnordered)))
            yield return difference;
    }

    private static JsonNode? Ordered(JsonNode? node, bool isUnordered) => isUnordered && node is JsonArray array
        ? new JsonArray([.. array.Select(item => item?.DeepClone()).OrderBy(item => item?.ToJsonString() ?? "", StringComparer.Ordinal)])
        : node;

    private static IEnumerable<(string, string, string)> Compare(string path, JsonNode? peer, JsonNode? ours)
    {
        if (peer is JsonObject theirObject && ours is JsonObject ourObject)
            return theirObject.Select(pair => pair.Key).Union(ourObject.Select(pair => pair.Key)).SelectMany(name => CompareProperty(path, name, theirObject, ourObject));
        if (peer is JsonArray theirArray && ours is JsonArray ourArray && theirArray.Count == ourArray.Count)
            return theirArray.SelectMany((item, i) => Compare($"{path}/{i}", item, ourArray[i]));
        return AreEqual(peer, ours) ? [] : [(path.Length == 0 ? "/" : path, Show(peer), Show(ours))];
    }

    private static IEnumerable<(string, string, string)> CompareProperty(string path, string name, JsonObject peer, JsonObject ours)
    {
        bool theyHave = peer.TryGetPropertyValue(name, out JsonNode? theirs), weHave = ours.TryGetPropertyValue(name, out JsonNode? our);
        return theyHave && weHave
            ? Compare($"{path}/{name}", theirs, our)
            : [($"{path}/{name}", theyHave ? Show(theirs) : "(absent)", weHave ? Show(our) : "(absent)")];
    }

    /// <summary>Numbers are equal by value: the native library writes <c>1.0</c> where JavaScript writes <c>1</c>.</summary>
    private static bool AreEqual(JsonNode? peer, JsonNode? ours)
    {
        if (peer is null || ours is null)
            return peer is null && ours is null;
        if (peer.GetValueKind() != ours.GetValueKind())
            return false;
        return peer.GetValueKind() == JsonValueKind.Number
            ? peer.GetValue<double>().Equals(ours.GetValue<double>())
            : JsonNode.DeepEquals(peer, ours);
    }

    private static string Show(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length <= 300 ? text : text[..300] + "...";
    }
}
