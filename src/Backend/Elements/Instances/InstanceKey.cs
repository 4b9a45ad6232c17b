using System.Text;
using System.Text.Json;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>How an entity is found and read by native code.</summary>
internal static class InstanceKey
{
    private static readonly byte[] PlainRead = """{"useJsNames":true}"""u8.ToArray();

    /// <summary>Finds an element by what its load props name it; null when they name nothing.</summary>
    public static byte[]? ForElement(ReadOnlyMemory<byte> load)
    {
        if (JsonSlices.Text(load, "id"u8) is { Length: > 0 } id)
            return Partial(id, "BisCore:Element");
        if (JsonSlices.Text(load, "federationGuid"u8) is { Length: > 0 } guid)
            return JsonText.Object("federationGuid", guid);
        ReadOnlyMemory<byte> code = JsonSlices.Property(load, "code"u8);
        return code.IsEmpty ? null : [.. "{\"code\":"u8, .. code.Span, .. "}"u8];
    }

    /// <summary>Finds a model by its id; null for an empty one.</summary>
    public static byte[]? ForModel(string id) => id.Length == 0 ? null : Partial(id, "BisCore:Model");

    /// <summary>The options for reading it: the load props, with properties named as in JavaScript.</summary>
    public static byte[] ReadOptions(ReadOnlyMemory<byte> load)
    {
        if (load.IsEmpty)
            return PlainRead;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(load.Length + 32);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        using (JsonDocument document = JsonDocument.Parse(load))
        {
            writer.WriteStartObject();
            foreach (JsonProperty option in document.RootElement.EnumerateObject().Where(static option => option.Name != "useJsNames"))
                option.WriteTo(writer);
            writer.WriteBoolean("useJsNames"u8, true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Partial(string id, string baseClass) => Encoding.UTF8.GetBytes(
        $$"""{"partialKey":{"id":{{Encoding.UTF8.GetString(JsonText.Quote(id))}},"baseClassName":"{{baseClass}}"} }""");
}
