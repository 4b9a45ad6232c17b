using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>Writes a commit's record: its header and what it changed.</summary>
internal static class CommitRecord
{
    /// <summary>The property that names entities which were changed without being among the changed elements and models.</summary>
    public const string Touched = "touched";

    /// <summary>The record, UTF-8 JSON.</summary>
    /// <param name="header">Who, when, why.</param>
    /// <param name="touched">Ids, in order, that are not in the lists of changes.</param>
    /// <param name="writeChanges">Writes the properties that say what changed.</param>
    public static byte[] Write(LiveCommitHeader header, IReadOnlyList<ulong> touched, Action<Utf8JsonWriter> writeChanges)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in JsonSerializer.SerializeToElement(header, LiveJson.Default.LiveCommitHeader).EnumerateObject())
                property.WriteTo(writer);
            writeChanges(writer);
            if (touched.Count > 0)
                writer.WriteString(Touched, CompressedId64Set.Compress(touched));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes what a commit without changes says.</summary>
    public static void WriteNoChanges(Utf8JsonWriter writer)
    {
        const string None = """{"insertedMeta":[],"updatedMeta":[],"deletedMeta":[],"meta":[]}""";
        writer.WritePropertyName("elements"u8);
        writer.WriteRawValue(None);
        writer.WritePropertyName("models"u8);
        writer.WriteRawValue(None);
        writer.WritePropertyName("geometryGuids"u8);
        writer.WriteRawValue("[]"u8);
        writer.WritePropertyName("geometry"u8);
        writer.WriteRawValue("[]"u8);
    }

    /// <summary>Whose commit a record is of.</summary>
    public static LiveAuthor ReadAuthor(ReadOnlyMemory<byte> record) => JsonSerializer.Deserialize(record.Span, LiveJson.Default.LiveAuthor)!;

    /// <summary>The ids of all entities that a record says were changed.</summary>
    public static IEnumerable<string> ReadTouched(ReadOnlyMemory<byte> record)
    {
        using JsonDocument document = JsonDocument.Parse(record);
        JsonElement root = document.RootElement;
        foreach (string list in (string[])["elements", "models"])
        {
            if (!root.TryGetProperty(list, out JsonElement entities))
                continue;
            foreach (string kind in (string[])["inserted", "updated", "deleted"])
            {
                foreach (string id in Ids(entities, kind))
                    yield return id;
            }
        }

        foreach (string id in Ids(root, Touched))
            yield return id;

        List<string> Ids(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out JsonElement ids) ? CompressedId64Set.Decompress(ids.GetString()!, int.MaxValue) : [];
    }
}
