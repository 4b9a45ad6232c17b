using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Elements with geometry and the parts that they share (core-backend <c>Element.js</c>).</summary>
internal static class GeometryRules
{
    /// <summary>The rules.</summary>
    public static EntityRule[] All { get; } =
    [
        new("BisCore:GeometricElement", ["inSpatialIndex"], static _ => { }),
        new(
            "BisCore:GeometricElement3d",
            ["category", "geometryStream", "origin", "yaw", "pitch", "roll", "bBoxLow", "bBoxHigh", "typeDefinition"],
            Write3d),
        new(
            "BisCore:GeometricElement2d",
            ["category", "geometryStream", "origin", "rotation", "bBoxLow", "bBoxHigh", "typeDefinition"],
            Write2d),
        new("BisCore:GeometryPart", ["geometryStream", "bBoxLow", "bBoxHigh"], WritePart),
    ];

    private static void Write3d(EntityRow row)
    {
        string category = row.Id("category");
        row.Writer.WriteString("category"u8, category);
        WritePlacement3d(row);
        if (row.Has("geometryStream"))
        {
            JsonElement source = Convert(row, "convertOrUpdateGeometrySource", writer =>
            {
                writer.WriteBoolean("is2d"u8, false);
                WritePlacement3d(row with { Writer = writer });
                writer.WriteString("categoryId"u8, category);
            });
            WriteGeometry(row, source);
        }

        row.Copy("typeDefinition");
    }

    private static void WritePlacement3d(EntityRow row)
    {
        row.Writer.WriteStartObject("placement"u8);
        if (row.Has("origin"))
            row.WritePoint("origin", "origin");
        else
            WriteZero(row.Writer, 3);
        row.WriteAngles();
        row.WriteBox();
        row.Writer.WriteEndObject();
    }

    private static void Write2d(EntityRow row)
    {
        string category = row.Id("category");
        row.Writer.WriteString("category"u8, category);
        JsonElement source = default;
        if (row.Has("geometryStream"))
        {
            source = Convert(row, "convertOrUpdateGeometrySource", writer =>
            {
                writer.WriteBoolean("is2d"u8, true);
                WritePlacement2d(row with { Writer = writer });
                writer.WriteString("categoryId"u8, category);
            });
            WriteGeometry(row, source);
        }

        // Native code may give a better placement with the geometry.
        if (source.ValueKind == JsonValueKind.Object && source.TryGetProperty("placement"u8, out JsonElement placement))
        {
            row.Writer.WritePropertyName("placement"u8);
            placement.WriteTo(row.Writer);
        }
        else
        {
            WritePlacement2d(row);
        }

        row.Copy("typeDefinition");
    }

    private static void WritePlacement2d(EntityRow row)
    {
        row.Writer.WriteStartObject("placement"u8);
        if (row.Has("origin"))
            row.WritePoint("origin", "origin", is2d: true);
        else
            WriteZero(row.Writer, 2);
        row.Copy("rotation", "angle");
        row.WriteBox(is2d: true);
        row.Writer.WriteEndObject();
    }

    private static void WritePart(EntityRow row)
    {
        row.WriteBox();
        if (!row.Has("geometryStream"))
            return;
        JsonElement source = Convert(row, "convertOrUpdateGeometryPart", writer =>
        {
            writer.WriteBoolean("is2d"u8, false);
            (row with { Writer = writer }).WriteBox();
        });
        WriteGeometry(row, source);
    }

    private static void WriteZero(Utf8JsonWriter writer, int dimensions)
    {
        writer.WriteStartArray("origin"u8);
        for (int i = 0; i < dimensions; i++)
            writer.WriteNumberValue(0);
        writer.WriteEndArray();
    }

    private static void WriteGeometry(EntityRow row, JsonElement source)
    {
        if (!source.TryGetProperty("geom"u8, out JsonElement geometry))
            return;
        row.Writer.WritePropertyName("geom"u8);
        geometry.WriteTo(row.Writer);
    }

    // The stream in its binary form becomes iTwin.js GeometryStreamProps.
    private static JsonElement Convert(EntityRow row, string method, Action<Utf8JsonWriter> writeRest)
    {
        var source = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(source, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("geom"u8);
            row["geometryStream"].WriteTo(writer);
            writeRest(writer);
            writer.WriteEndObject();
        }

        byte[] load = JsonText.Raw(row.Load.ValueKind == JsonValueKind.Object ? row.Load : JsonText.EmptyObject);
        using NativeResult converted = row.Native.Call(
            method, NativeArgument.Json(source.WrittenMemory, row.Binaries), "GeometryStreamProps", NativeArgument.Json(load));
        return JsonElement.Parse(converted.Utf8.Span);
    }
}
