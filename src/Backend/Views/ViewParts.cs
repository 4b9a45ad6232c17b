using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.Views;

/// <summary>The parts of a view state's props (iTwin.js <c>ViewStateProps</c>), each as the JSON that native code gave.</summary>
internal sealed class ViewParts
{
    /// <summary>The view definition.</summary>
    public required ReadOnlyMemory<byte> ViewDefinition { get; init; }

    /// <summary>Its category selector.</summary>
    public required ReadOnlyMemory<byte> CategorySelector { get; init; }

    /// <summary>Its display style.</summary>
    public required ReadOnlyMemory<byte> DisplayStyle { get; init; }

    /// <summary>The model of a 2d view; null for a 3d view.</summary>
    public string? BaseModelId { get; init; }

    /// <summary>A spatial view's model selector; empty for others.</summary>
    public ReadOnlyMemory<byte> ModelSelector { get; set; }

    /// <summary>Whether it is a view of a sheet.</summary>
    public bool IsSheet { get; set; }

    /// <summary>A sheet view's sheet; empty for others.</summary>
    public ReadOnlyMemory<byte> Sheet { get; set; }

    /// <summary>The ids of a sheet view's attachments.</summary>
    public IReadOnlyList<string> SheetAttachments { get; set; } = [];

    /// <summary>A drawing view's drawing; empty for others.</summary>
    public ReadOnlyMemory<byte> Drawing { get; set; }

    /// <summary>The extents of a 2d view's model; null when it has none.</summary>
    public Range3d? ModelExtents { get; set; }

    /// <summary>The view state's props.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(ViewDefinition.Length + CategorySelector.Length + DisplayStyle.Length + ModelSelector.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            WritePart(writer, "viewDefinitionProps", ViewDefinition);
            WritePart(writer, "categorySelectorProps", CategorySelector);
            WritePart(writer, "displayStyleProps", DisplayStyle);
            WritePart(writer, "modelSelectorProps", ModelSelector);
            if (IsSheet)
            {
                WritePart(writer, "sheetProps", Sheet);
                writer.WriteStartArray("sheetAttachments"u8);
                foreach (string id in SheetAttachments)
                    writer.WriteStringValue(id);
                writer.WriteEndArray();
            }

            if (!Drawing.IsEmpty)
                WriteSectionDrawing(writer, Drawing);
            if (ModelExtents is { } extents)
            {
                writer.WritePropertyName("modelExtents"u8);
                extents.Write(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WritePart(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }

    private static void WriteSectionDrawing(Utf8JsonWriter writer, ReadOnlyMemory<byte> drawing)
    {
        using JsonDocument document = JsonDocument.Parse(drawing);
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("spatialView"u8, out JsonElement view) || !view.TryGetProperty("id"u8, out JsonElement id) || !Id64.IsValid(id.GetString()))
            return;
        JsonElement json = root.TryGetProperty("jsonProperties"u8, out JsonElement properties) && properties.ValueKind == JsonValueKind.Object ? properties : default;
        writer.WriteStartObject("sectionDrawing"u8);
        writer.WriteString("spatialView"u8, id.GetString());
        bool displays = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("displaySpatialView"u8, out JsonElement value) && value.ValueKind == JsonValueKind.True;
        writer.WriteBoolean("displaySpatialView"u8, displays);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("drawingToSpatialTransform"u8, out JsonElement transform))
        {
            writer.WritePropertyName("drawingToSpatialTransform"u8);
            transform.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
