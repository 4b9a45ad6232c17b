using System.Text.Json.Nodes;

namespace ITwinOrleans.Parity.Tests.List;

/// <summary>Reading and masking places of JSON values.</summary>
internal static class JsonPointers
{
    /// <summary>The value that a JSON pointer points at; null when there is none.</summary>
    public static JsonNode? Read(JsonNode? value, string? pointer)
    {
        foreach (string key in Keys(pointer ?? ""))
            value = Child(value, key);
        return value;
    }

    /// <summary>Replaces what the pattern points at by <c>$masked</c>; <c>*</c> stands for every member or item.</summary>
    public static void Mask(JsonNode? value, string pattern) => Mask(value, [.. Keys(pattern)], 0);

    private static void Mask(JsonNode? value, string[] keys, int depth)
    {
        if (value is not (JsonObject or JsonArray))
            return;
        foreach (string name in keys[depth] == "*" ? [.. Names(value)] : new[] { keys[depth] })
        {
            if (!Names(value).Contains(name))
                continue;
            if (depth < keys.Length - 1)
                Mask(Child(value, name), keys, depth + 1);
            else if (value is JsonObject members)
                members[name] = "$masked";
            else
                value[int.Parse(name)] = "$masked";
        }
    }

    /// <summary>The names of the members, or the indexes of the items.</summary>
    public static IEnumerable<string> Names(JsonNode value) => value switch
    {
        JsonObject members => members.Select(member => member.Key),
        JsonArray items => Enumerable.Range(0, items.Count).Select(index => index.ToString()),
        _ => [],
    };

    /// <summary>A member or item by its name; null when there is none.</summary>
    public static JsonNode? Child(JsonNode? value, string name) => value switch
    {
        JsonObject members => members[name],
        JsonArray items => int.TryParse(name, out int index) && index < items.Count ? items[index] : null,
        _ => null,
    };

    private static IEnumerable<string> Keys(string pointer) =>
        pointer.Split('/').Skip(1).Select(key => key.Replace("~1", "/").Replace("~0", "~"));
}
