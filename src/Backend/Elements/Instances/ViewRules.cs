using System.Text.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Views and what they select (core-backend <c>ViewDefinition.js</c>).</summary>
internal static class ViewRules
{
    /// <summary>The rules.</summary>
    public static EntityRule[] All { get; } =
    [
        new("BisCore:ModelSelector", ["models"], static row => WriteSelected(row, "models")),
        new("BisCore:CategorySelector", ["categories"], static row => WriteSelected(row, "categories")),
        new("BisCore:ViewDefinition", ["categorySelector", "displayStyle"], static row =>
        {
            row.Writer.WriteString("categorySelectorId"u8, row.Id("categorySelector"));
            row.Writer.WriteString("displayStyleId"u8, row.Id("displayStyle"));
        }),
        new(
            "BisCore:ViewDefinition3d",
            ["eyePoint", "focusDistance", "lensAngle", "yaw", "roll", "pitch", "origin", "extents", "isCameraOn"],
            Write3d),
        new("BisCore:SpatialViewDefinition", ["modelSelector"], static row => row.Writer.WriteString("modelSelectorId"u8, row.Id("modelSelector"))),
        new("BisCore:ViewDefinition2d", ["baseModel", "origin", "extents", "rotationAngle"], Write2d),
    ];

    private static void Write3d(EntityRow row)
    {
        row.Copy("isCameraOn", "cameraOn");
        row.WritePoint("origin", "origin");
        row.WritePoint("extents", "extents");
        row.Writer.WriteStartObject("camera"u8);
        row.WritePoint("eye", "eyePoint");
        row.Copy("focusDistance", "focusDist");
        row.Writer.WriteNumber("lens"u8, Angles.ToDegrees(row.Number("lensAngle")));
        row.Writer.WriteEndObject();
        row.WriteAngles();
    }

    private static void Write2d(EntityRow row)
    {
        row.Writer.WriteString("baseModelId"u8, row.Id("baseModel"));
        row.WritePoint("origin", "origin", is2d: true);
        row.WritePoint("delta", "extents", is2d: true);
        row.Copy("rotationAngle", "angle");
    }

    // What a selector refers to lies in relationships, which native code reads with the element.
    private static void WriteSelected(EntityRow row, string property)
    {
        using NativeResult element = row.Native.Elements.Get(EntityReader.LoadById(row["id"].GetString()!));
        using JsonDocument document = JsonDocument.Parse(element.Utf8);
        row.Writer.WritePropertyName(property);
        if (document.RootElement.TryGetProperty(property, out JsonElement ids))
            ids.WriteTo(row.Writer);
        else
            row.Writer.WriteRawValue("[]"u8);
    }
}
