using System.Text.Json;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>Names and base classes of an iModel's classes; read when asked for and kept. On the engine thread.</summary>
internal sealed class ClassBases
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _bases = new(StringComparer.Ordinal);

    /// <summary>The name, <c>Schema:Class</c>, of a class by its id; empty if there is none.</summary>
    public string NameOf(DgnDb native, string classId)
    {
        if (!_names.TryGetValue(classId, out string? name))
            _names.Add(classId, name = native.Schemas.ClassName(classId) ?? "");
        return name;
    }

    /// <summary>
    /// Appends classes and all their base classes as iTwin.js's <c>EntityMetadata</c>: <c>[{name, bases: [index]}]</c>; the given ones come first, in their order.
    /// </summary>
    public void Write(DgnDb native, Utf8JsonWriter writer, IReadOnlyList<string> classIds)
    {
        var names = new List<string>(classIds.Select(id => NameOf(native, id)));
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            indices.TryAdd(names[i], i);
        writer.WriteStartArray();
        for (int i = 0; i < names.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, names[i]);
            writer.WriteStartArray("bases"u8);
            foreach (string baseClass in BasesOf(native, names[i]))
            {
                if (!indices.TryGetValue(baseClass, out int index))
                {
                    indices.Add(baseClass, index = names.Count);
                    names.Add(baseClass);
                }

                writer.WriteNumberValue(index);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private string[] BasesOf(DgnDb native, string name)
    {
        if (!_bases.TryGetValue(name, out string[]? bases))
            _bases.Add(name, bases = ReadBases(native, name));
        return bases;
    }

    private static string[] ReadBases(DgnDb native, string name)
    {
        if (name.Split(':') is not [var schema, var className])
            return [];
        try
        {
            using NativeResult json = native.Schemas.GetClassMetaData(schema, className);
            using JsonDocument metaData = JsonDocument.Parse(json.Utf8);
            return metaData.RootElement.TryGetProperty("baseClasses"u8, out JsonElement classes) ? [.. classes.EnumerateArray().Select(static one => one.GetString()!)] : [];
        }
        catch (NativeException)
        {
            return []; // As iTwin.js does: the event says what it knows.
        }
    }
}
