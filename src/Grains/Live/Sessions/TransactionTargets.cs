using System.Text.Json;

namespace ITwinOrleans.Grains.Live.Sessions;

/// <summary>The existing elements that a transaction names: what it updates, deletes, hangs aspects on or relates. Read only while others hold locks.</summary>
internal static class TransactionTargets
{
    /// <summary>The ids, in the order of the operations. What is not well-formed is left out: the worker refuses it.</summary>
    public static IReadOnlyCollection<string> Read(ReadOnlyMemory<byte> transaction)
    {
        try
        {
            using var document = JsonDocument.Parse(transaction);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("operations"u8, out var operations)
                && operations.ValueKind == JsonValueKind.Array)
            {
                foreach (var operation in operations.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.Object))
                    Add(operation, ids);
            }

            return ids;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Add(JsonElement operation, HashSet<string> ids)
    {
        var props = operation.TryGetProperty("props"u8, out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        switch (Text(operation, "entity"), Text(operation, "action"))
        {
            case ("aspect", _):
                AddText(props.ValueKind == JsonValueKind.Object && props.TryGetProperty("element"u8, out var element) ? element : default, "id", ids);
                break;
            case ("relationship", _):
                AddText(props, "sourceId", ids);
                AddText(props, "targetId", ids);
                break;
            case (_, "update"):
                AddText(props, "id", ids);
                break;
            case (_, "delete"):
                AddText(operation, "id", ids);
                break;
        }
    }

    private static void AddText(JsonElement parent, string name, HashSet<string> ids)
    {
        if (Text(parent, name) is { } id)
            ids.Add(id);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
