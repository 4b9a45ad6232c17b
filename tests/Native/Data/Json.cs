using System.Text.Json.Nodes;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Tests.Data;

/// <summary>Results and arguments as JSON.</summary>
public static class Json
{
    /// <summary>The result's JSON; disposes the result.</summary>
    public static JsonNode Parse(NativeResult result)
    {
        using (result)
            return JsonNode.Parse(result.Utf8.Span)!;
    }

    /// <summary>A subject below the root subject, which any iModel can take.</summary>
    public static NativeJson Subject(string label) => new JsonObject
    {
        ["classFullName"] = "BisCore:Subject",
        ["model"] = "0x1",
        ["code"] = new JsonObject { ["spec"] = "0x1", ["scope"] = "0x1", ["value"] = "" },
        ["parent"] = new JsonObject { ["id"] = "0x1", ["relClassName"] = "BisCore:SubjectOwnsSubjects" },
        ["userLabel"] = label,
    }.ToJsonString();

    public static NativeJson WithId(string id, string property, JsonNode value) => new JsonObject { ["id"] = id, [property] = value }.ToJsonString();

    public static NativeJson Load(string id) => new JsonObject { ["id"] = id }.ToJsonString();
}
