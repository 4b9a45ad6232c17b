using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>
/// Makes native props of a client's: <c>"@name"</c> becomes the id of the insert of that name (<c>"@@…"</c> means the text <c>"@…"</c>), and
/// <c>{"$binary": base64}</c> bytes. Props with neither are handed on as they are.
/// </summary>
/// <param name="ids">The ids of the named inserts so far; null in a transaction without names, where <c>@</c> means nothing.</param>
internal sealed class PropsRewriter(IReadOnlyDictionary<string, string>? ids)
{
    private readonly List<ReadOnlyMemory<byte>> _binaries = [];

    /// <summary>The props for native code.</summary>
    /// <param name="props">A JSON object.</param>
    /// <param name="id">Set as the object's <c>id</c>; null to leave it.</param>
    /// <param name="asInstance">Whether it becomes an instance of a class, whose JSON properties are a text.</param>
    /// <exception cref="LiveRefusedException">A name or bytes are not what they should be.</exception>
    public NativeJson Rewrite(ReadOnlyMemory<byte> props, string? id = null, bool asInstance = false)
    {
        if (id is null && !NeedsRewriting(props.Span))
            return props;
        _binaries.Clear();
        using JsonDocument document = JsonDocument.Parse(props);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(props.Length + 32);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            if (id is not null)
                writer.WriteString("id"u8, id);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (id is not null && property.NameEquals("id"u8))
                    continue;
                if (asInstance && property.NameEquals("jsonProperties"u8) && property.Value.ValueKind == JsonValueKind.Object)
                    writer.WriteString("jsonProperties"u8, property.Value.GetRawText());
                else
                    WriteProperty(writer, property);
            }

            writer.WriteEndObject();
        }

        return new NativeJson(buffer.WrittenMemory, [.. _binaries]);
    }

    /// <summary>The text that a string in an operation means.</summary>
    public string Resolve(string text)
    {
        if (ids is null || text.Length < 2 || text[0] != '@')
            return text;
        if (text[1] == '@')
            return text[1..];
        return ids.TryGetValue(text[1..], out string? id)
            ? id
            : throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"No earlier insert has the name of \"{text}\". A text that begins with @ is written with @@.");
    }

    // An escape may hide either.
    private bool NeedsRewriting(ReadOnlySpan<byte> props) =>
        props.IndexOf("$binary"u8) >= 0 || props.IndexOf("\\u"u8) >= 0 || (ids is not null && props.IndexOf("\"@"u8) >= 0);

    private void WriteProperty(Utf8JsonWriter writer, JsonProperty property)
    {
        writer.WritePropertyName(property.Name);
        Write(writer, property.Value);
    }

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.TryGetProperty("$binary"u8, out JsonElement bytes):
                WriteBinary(writer, value, bytes);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject())
                    WriteProperty(writer, property);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Resolve(value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteBinary(Utf8JsonWriter writer, JsonElement value, JsonElement bytes)
    {
        if (value.GetPropertyCount() != 1 || bytes.ValueKind != JsonValueKind.String || !bytes.TryGetBytesFromBase64(out byte[]? decoded))
            throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "Bytes are written as { \"$binary\": base64 }");
        writer.WriteStartObject();
        writer.WriteNumber("$binary"u8, _binaries.Count);
        writer.WriteEndObject();
        _binaries.Add(decoded);
    }
}
