using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Json;

/// <summary>
/// Binary values within JSON: native code's <c>{"$binary":i}</c> becomes the wire's <c>{"isBinary":true,"index":i,"size":n,"chunks":1}</c>
/// (core-common <c>MarshalingBinaryMarker</c>).
/// </summary>
internal static class BinaryMarkers
{
    /// <summary>A reply of JSON with binaries; it owns the native result.</summary>
    public static RpcReply ToReply(NativeResult result)
    {
        try
        {
            var buffer = new Utf8Buffer(result.Utf8.Length + (64 * result.Binaries.Count));
            using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
            using (JsonDocument document = JsonDocument.Parse(result.Utf8))
                Write(writer, document.RootElement, result.Binaries, static index => index);
            return new RpcReply
            {
                Status = RpcStatus.Resolved,
                Json = buffer.WrittenMemory,
                Binaries = result.Binaries,
                Owner = new Owners(buffer, result),
            };
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Writes a value with the wire's markers in the place of native ones.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="binaries">The native result's binaries.</param>
    /// <param name="use">Told that a binary is used, gives the index that it has in the reply.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlyList<ReadOnlyMemory<byte>> binaries, Func<int, int> use)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when IndexOf(value) is { } index && index < binaries.Count:
                writer.WriteStartObject();
                writer.WriteBoolean("isBinary"u8, true);
                writer.WriteNumber("index"u8, use(index));
                writer.WriteNumber("size"u8, binaries[index].Length);
                writer.WriteNumber("chunks"u8, 1);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, binaries, use);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    Write(writer, item, binaries, use);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static int? IndexOf(JsonElement value) =>
        value.GetPropertyCount() == 1 && value.TryGetProperty("$binary"u8, out JsonElement index) && index.TryGetInt32(out int i) && i >= 0 ? i : null;

    private sealed class Owners(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
