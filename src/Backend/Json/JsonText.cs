using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ITwinOrleans.Backend.Json;

/// <summary>JSON texts of single values, as JavaScript's <c>JSON.stringify</c> means them.</summary>
internal static class JsonText
{
    /// <summary>For writers of what browsers read: nothing is escaped that JSON does not ask for.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A string in quotes.</summary>
    public static byte[] Quote(string value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            writer.WriteStringValue(value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A UTF-8 string in quotes.</summary>
    public static byte[] Quote(ReadOnlySpan<byte> utf8)
    {
        var buffer = new ArrayBufferWriter<byte>(utf8.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            writer.WriteStringValue(utf8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An object without properties.</summary>
    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}"u8);

    /// <summary>An object with one text.</summary>
    public static byte[] Object(string name, string value) => [(byte)'{', .. Quote(name), (byte)':', .. Quote(value), (byte)'}'];

    /// <summary>A value's text.</summary>
    public static byte[] Raw(JsonElement value) => System.Text.Encoding.UTF8.GetBytes(value.GetRawText());

    /// <summary>An array of strings.</summary>
    public static byte[] Array(IReadOnlyList<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>((16 * values.Count) + 2);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (string value in values)
                writer.WriteStringValue(value);
            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A number; <c>null</c> for what is no finite number.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? (value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture)) : "null";
}
