using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Schedule scripts (core-common <c>RenderSchedule</c>) and other JSON that is kept as text.</summary>
internal static class Scripts
{
    private static readonly JsonSerializerOptions Compactly = new() { Encoder = JsonText.WriterOptions.Encoder };

    /// <summary>The JSON text as <c>JSON.stringify</c> writes it.</summary>
    public static string Compact(string json) => JsonNode.Parse(json)?.ToJsonString(Compactly) ?? "null";

    /// <summary>A script's JSON text with the ids of its elements left out.</summary>
    public static string WithoutElementIds(string script)
    {
        JsonNode? timelines = TryParse(script);
        RemoveElementIds(timelines);
        return timelines?.ToJsonString(Compactly) ?? "[]";
    }

    /// <summary>Leaves out the ids of a script's elements.</summary>
    public static void RemoveElementIds(JsonNode? script)
    {
        foreach (JsonNode? timeline in script as JsonArray ?? [])
        {
            foreach (JsonNode? element in timeline?["elementTimelines"] as JsonArray ?? [])
            {
                if (element is JsonObject named && named.ContainsKey("elementIds"))
                    named["elementIds"] = "";
            }
        }
    }

    private static JsonNode? TryParse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
