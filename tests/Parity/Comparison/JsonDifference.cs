using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Parity.Tests.List;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>Where two JSON values differ.</summary>
internal static class JsonDifference
{
    private const int LongestText = 120;

    /// <summary>Each place with its two values, as JSON pointers and texts. Numbers are compared by value, members in any order.</summary>
    public static IEnumerable<string> Find(JsonNode? node, JsonNode? engine, string pointer = "")
    {
        if (node is JsonObject expected && engine is JsonObject actual)
            return expected.Select(member => member.Key).Union(actual.Select(member => member.Key))
                .SelectMany(name => expected.ContainsKey(name) == actual.ContainsKey(name)
                    ? Find(expected[name], actual[name], $"{pointer}/{name}")
                    : [Describe($"{pointer}/{name}", expected, actual, name)]);
        if (node is JsonArray left && engine is JsonArray right && left.Count == right.Count)
            return left.SelectMany((item, index) => Find(item, right[index], $"{pointer}/{index}"));
        return AreEqual(node, engine) ? [] : [$"{pointer}: Node {Show(node)}, engine {Show(engine)}"];
    }

    private static bool AreEqual(JsonNode? node, JsonNode? engine)
    {
        if (node is null || engine is null)
            return node is null && engine is null;
        return IsNumber(node) && IsNumber(engine)
            ? double.Parse(node.ToJsonString()) == double.Parse(engine.ToJsonString())
            : JsonNode.DeepEquals(node, engine);
    }

    private static bool IsNumber(JsonNode node) => node.GetValueKind() == JsonValueKind.Number;

    private static string Describe(string pointer, JsonObject node, JsonObject engine, string name) =>
        node.ContainsKey(name) ? $"{pointer}: only Node has it, {Show(node[name])}" : $"{pointer}: only the engine has it, {Show(engine[name])}";

    private static string Show(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        return text.Length <= LongestText ? text : $"{text[..LongestText]}... ({text.Length} characters)";
    }
}
