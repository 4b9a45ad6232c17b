using System.Collections.Concurrent;
using System.Text.Json;
using ITwinOrleans.Backend.Elements.Instances;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements;

/// <summary>Reads elements and models of one iModel as frontends know them (iTwin.js <c>ElementProps</c>, <c>ModelProps</c>); on the engine thread.</summary>
/// <remarks>
/// As core-backend does it: the instance's properties are read as they are, and each of its classes says what becomes of some of them. (Native
/// code's own <c>getElement</c> differs in small things: it leaves zeros and empty texts out and turns angles into a matrix and back.)
/// </remarks>
internal sealed class EntityReader(ClassHierarchy classes)
{
    private readonly ConcurrentDictionary<string, EntityShape> _shapes = new(StringComparer.Ordinal);

    /// <summary>Appends an element's props.</summary>
    /// <param name="native">The iModel.</param>
    /// <param name="load">Which element and how: iTwin.js <c>ElementLoadProps</c>, JSON.</param>
    /// <param name="buffer">What to append to; unchanged when there is nothing to append.</param>
    /// <returns>False when there is no such element, or it cannot be read: iTwin.js makes no difference.</returns>
    public bool TryAppendElement(DgnDb native, ReadOnlyMemory<byte> load, Utf8Buffer buffer) =>
        TryAppend(native, InstanceKey.ForElement(load), load, buffer);

    /// <summary>Appends a model's props; false when there is no such model.</summary>
    public bool TryAppendModel(DgnDb native, string id, Utf8Buffer buffer) =>
        TryAppend(native, InstanceKey.ForModel(id), default, buffer);

    /// <summary>An element's props; empty when there is none.</summary>
    public ReadOnlyMemory<byte> ReadElement(DgnDb native, ReadOnlyMemory<byte> load)
    {
        using var buffer = new Utf8Buffer();
        return TryAppendElement(native, load, buffer) ? buffer.WrittenMemory.ToArray() : default;
    }

    /// <summary>A model's props; empty when there is none.</summary>
    public ReadOnlyMemory<byte> ReadModel(DgnDb native, string id)
    {
        using var buffer = new Utf8Buffer();
        return TryAppendModel(native, id, buffer) ? buffer.WrittenMemory.ToArray() : default;
    }

    /// <summary>Names an element by what iTwin.js takes for one: an id, else a federation GUID.</summary>
    public static byte[] LoadByIdentifier(string identifier) =>
        Id64.IsWellFormed(identifier) ? LoadById(identifier) : JsonText.Object("federationGuid", identifier);

    /// <summary>Names an element or model by its id.</summary>
    public static byte[] LoadById(string id) => JsonText.Object("id", id);

    private bool TryAppend(DgnDb native, byte[]? keyQuery, ReadOnlyMemory<byte> load, Utf8Buffer buffer)
    {
        if (keyQuery is null)
            return false;
        int before = buffer.Length, binariesBefore = buffer.Binaries.Count;
        try
        {
            using NativeResult key = native.Instances.ResolveKey(keyQuery);
            using NativeResult instance = native.Instances.Read(key.Utf8, InstanceKey.ReadOptions(load));
            using JsonDocument row = JsonDocument.Parse(instance.Utf8);
            using var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions);
            Write(new EntityRow(this, native, row.RootElement, instance.Binaries, load.IsEmpty ? default : JsonElement.Parse(load.Span), writer), buffer);
            return true;
        }
        catch (Exception exception) when (exception is NativeException or UnreadableEntityException or JsonException)
        {
            buffer.Truncate(before);
            buffer.Binaries.RemoveRange(binariesBefore, buffer.Binaries.Count - binariesBefore);
            return false;
        }
    }

    private void Write(EntityRow row, Utf8Buffer buffer)
    {
        string classFullName = row["classFullName"].GetString()!;
        EntityShape shape = _shapes.GetOrAdd(classFullName, static (name, argument) => new EntityShape(argument.classes.Of(argument.native, name)), (classes, native: row.Native));
        row.Writer.WriteStartObject();
        row.Writer.WriteString("classFullName"u8, classFullName);
        row.Copy("id");
        if (row["jsonProperties"] is { ValueKind: JsonValueKind.String } json && json.GetString() is { Length: > 0 } stored)
            WriteJsonProperties(row, shape, stored);
        foreach (JsonProperty property in row.Row.EnumerateObject())
        {
            if (!shape.Handles(property.Name))
                WriteProperty(row, property, buffer);
        }

        foreach (EntityRule rule in shape.Rules)
            rule.Write(row);
        row.Writer.WriteEndObject();
    }

    private static void WriteJsonProperties(EntityRow row, EntityShape shape, string stored)
    {
        string json = row.Native.Instances.PatchJsonProperties(stored);
        if (shape.IsDisplayStyle)
            json = DisplayStyles.Apply(row, json);
        row.Writer.WritePropertyName("jsonProperties"u8);
        JsonElement.Parse(json).WriteTo(row.Writer);
    }

    // Relationship classes of simple properties are named with a dot.
    private static void WriteProperty(EntityRow row, JsonProperty property, Utf8Buffer buffer)
    {
        Utf8JsonWriter writer = row.Writer;
        if (property.Name == "modeledElement" || property.Value.ValueKind != JsonValueKind.Object || !property.Value.TryGetProperty("relClassName"u8, out _))
        {
            writer.WritePropertyName(property.Name);
            WriteValue(row, property.Value, buffer);
            return;
        }

        writer.WriteStartObject(property.Name);
        foreach (JsonProperty member in property.Value.EnumerateObject())
        {
            if (member.NameEquals("relClassName"u8) && member.Value.ValueKind == JsonValueKind.String)
                writer.WriteString("relClassName"u8, WithDot(member.Value.GetString()!));
            else
                member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(EntityRow row, JsonElement value, Utf8Buffer buffer)
    {
        if (row.Binaries.Count == 0)
        {
            value.WriteTo(row.Writer);
            return;
        }

        BinaryMarkers.Write(row.Writer, value, row.Binaries, index =>
        {
            // Native memory goes back with the instance; binaries are few (images of textures).
            buffer.Binaries.Add(row.Binaries[index].ToArray());
            return buffer.Binaries.Count - 1;
        });
    }

    private static string WithDot(string className) =>
        className.IndexOf(':') is >= 0 and var at ? string.Concat(className.AsSpan(0, at), ".", className.AsSpan(at + 1)) : className;
}
