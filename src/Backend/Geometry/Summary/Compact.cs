using System.Text.Json;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>JSON as <c>JSON.stringify</c> writes it.</summary>
internal static class Compact
{
    /// <summary>A value's text.</summary>
    public static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(static property => $"{Quote(property.Name)}:{Write(property.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Write))}]",
        JsonValueKind.Number => JsNumber.Format(value.GetDouble()),
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>An object's text, some properties before the others.</summary>
    public static string Write(JsonElement value, string[] first) => value.ValueKind != JsonValueKind.Object
        ? Write(value)
        : $"{{{string.Join(',', value.EnumerateObject().OrderBy(property => Array.IndexOf(first, property.Name) is >= 0 and var at ? at : first.Length).Select(static property => $"{Quote(property.Name)}:{Write(property.Value)}"))}}}";

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text) => System.Text.Encoding.UTF8.GetString(JsonText.Quote(text));
}
