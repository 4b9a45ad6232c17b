using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Json;

/// <summary>Finds parts of a JSON text without reading the rest into objects.</summary>
internal static class JsonSlices
{
    /// <summary>The text of a property's value in an object; empty when there is no such property.</summary>
    public static ReadOnlyMemory<byte> Property(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(name);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
                return json[start..(int)reader.BytesConsumed];
        }

        return default;
    }

    /// <summary>The object with a property's value replaced; as it is when the property is no string.</summary>
    /// <param name="json">An object.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="text">Its new value, which needs no escapes.</param>
    public static ReadOnlyMemory<byte> WithText(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name, string text)
    {
        ReadOnlyMemory<byte> value = Property(json, name);
        if (value.IsEmpty || value.Span[0] != (byte)'"')
            return json;
        _ = json.Span.Overlaps(value.Span, out int start);
        return (byte[])[.. json.Span[..start], (byte)'"', .. Encoding.ASCII.GetBytes(text), (byte)'"', .. json.Span[(start + value.Length)..]];
    }

    /// <summary>The text of a string property of an object; null when it is none.</summary>
    public static string? Text(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        ReadOnlyMemory<byte> value = Property(json, name);
        if (value.IsEmpty)
            return null;
        var reader = new Utf8JsonReader(value.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>The text of a value that must be a string.</summary>
    /// <exception cref="RpcException">It is something else.</exception>
    public static string AsText(ReadOnlyMemory<byte> value, string name)
    {
        var reader = new Utf8JsonReader(value.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw RpcException.WrongType($"The parameter {name} must be a string");
    }

    /// <summary>A number property of an object; null when it is none.</summary>
    public static double? Number(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        ReadOnlyMemory<byte> value = Property(json, name);
        if (value.IsEmpty)
            return null;
        var reader = new Utf8JsonReader(value.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
    }
}
