using System.Text.Json;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Models (core-backend <c>Model.js</c>).</summary>
internal static class ModelRules
{
    /// <summary>The rules.</summary>
    public static EntityRule[] All { get; } =
    [
        new("BisCore:Model", ["isPrivate", "isTemplate", "lastMod", "parentModel"], WriteModel),
        new("BisCore:GeometricModel3d", ["isPlanProjection", "isNotSpatiallyLocated"], static row =>
        {
            WriteIf(row, "isNotSpatiallyLocated", row.IsTrue("isNotSpatiallyLocated") || row.IsTrue("isTemplate"));
            WriteIf(row, "isPlanProjection", row.IsTrue("isPlanProjection"));
        }),
    ];

    // A model is named by the element that it models.
    private static void WriteModel(EntityRow row)
    {
        ReadOnlyMemory<byte> modeled = row.Reader.ReadElement(row.Native, EntityReader.LoadById(row.Id("modeledElement")));
        if (modeled.IsEmpty)
        {
            row.Copy("parentModel");
        }
        else
        {
            JsonElement element = JsonElement.Parse(modeled.Span);
            row.Writer.WriteString("name"u8, element.GetProperty("code"u8).GetProperty("value"u8).GetString());
            row.Writer.WriteString("parentModel"u8, row.Has("parentModel") ? row.Id("parentModel") : element.GetProperty("model"u8).GetString());
        }

        WriteIf(row, "isPrivate", row.IsTrue("isPrivate"));
        WriteIf(row, "isTemplate", row.IsTrue("isTemplate"));
    }

    private static void WriteIf(EntityRow row, string name, bool value)
    {
        if (value)
            row.Writer.WriteBoolean(name, true);
    }
}
