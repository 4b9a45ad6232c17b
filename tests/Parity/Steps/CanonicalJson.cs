using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>Results of native calls in the canonical form that both sides write; README.md describes it.</summary>
internal sealed class CanonicalJson(string workRoot, string assetsFolder)
{
    /// <summary>Whether bytes are written as the JSON that they are the text of, instead of by length and hash.</summary>
    public bool BytesAsJson { get; set; }

    public JsonNode? Of(NativeResult result) => result.Kind switch
    {
        NativeResultKind.Undefined => new JsonObject { ["$undefined"] = true },
        NativeResultKind.Null => null,
        NativeResultKind.Boolean => result.Boolean,
        NativeResultKind.Number => OfNumber(result.Number),
        NativeResultKind.String => WithoutPaths(result.GetText()),
        NativeResultKind.Binary => OfBytes(result.Utf8),
        NativeResultKind.Json => Rewrite(JsonNode.Parse(result.Utf8.Span), result.Binaries),
        _ => new JsonObject { ["$object"] = true },
    };

    public JsonObject Of(NativeException error)
    {
        var canonical = new JsonObject { ["name"] = error.Name, ["message"] = WithoutPaths(error.Message) };
        if (error.Json.IsEmpty)
            return canonical;
        JsonNode native = JsonNode.Parse(error.Json.Span)!;
        if (native["errorNumber"] is { } number)
            canonical["number"] = number.DeepClone();
        if (native["iTwinErrorId"] is JsonObject id)
            canonical["id"] = new JsonObject { ["scope"] = id["scope"]?.DeepClone(), ["key"] = id["key"]?.DeepClone() };
        return canonical;
    }

    public static JsonObject OfBinary(ReadOnlySpan<byte> bytes) => new()
    {
        ["$binary"] = new JsonObject { ["length"] = bytes.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) },
    };

    private JsonNode? OfBytes(ReadOnlyMemory<byte> bytes) => BytesAsJson ? Rewrite(JsonNode.Parse(bytes.Span), []) : OfBinary(bytes.Span);

    private static JsonNode OfNumber(double number) => double.IsFinite(number)
        ? JsonValue.Create(number)
        : new JsonObject { ["$number"] = double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity" };

    /// <summary>Folders differ between the two sides; names in them do not.</summary>
    private string WithoutPaths(string text) => text.Replace(workRoot, "$WORK").Replace(assetsFolder, "$ASSETS");

    private JsonNode? Rewrite(JsonNode? value, IReadOnlyList<ReadOnlyMemory<byte>> binaries)
    {
        switch (value)
        {
            case JsonObject { Count: 1 } reference when reference["$binary"] is JsonValue index && index.GetValueKind() == JsonValueKind.Number:
                return OfBytes(binaries[index.GetValue<int>()]);
            case JsonObject members:
                var rewritten = new JsonObject();
                foreach ((string name, JsonNode? member) in members)
                    rewritten[name] = Rewrite(member, binaries);
                return rewritten;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Rewrite(item, binaries))]);
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                return WithoutPaths(text.GetValue<string>());
            default:
                return value?.DeepClone();
        }
    }
}
