using System.Text.Json.Nodes;

namespace ITwinOrleans.Native.Values;

/// <summary>Writes small arguments as JSON.</summary>
internal static class JsonText
{
    public static NativeJson Array(IEnumerable<string> items) => new JsonArray([.. items.Select(item => JsonValue.Create(item))]).ToJsonString();
}
