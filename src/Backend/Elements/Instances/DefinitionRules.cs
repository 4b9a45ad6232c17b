using System.Text.Json;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Definitions: categories, materials, styles (core-backend <c>Category.js</c>, <c>Material.js</c>, <c>Element.js</c>).</summary>
internal static class DefinitionRules
{
    /// <summary>The rules.</summary>
    public static EntityRule[] All { get; } =
    [
        new("BisCore:DefinitionElement", ["isPrivate"], static row => row.Copy("isPrivate")),
        new("BisCore:SubCategory", ["description", "properties"], WriteSubCategory),
        new("BisCore:Category", ["rank", "description"], static row =>
        {
            row.CopyText("description");
            row.Writer.WriteNumber("rank"u8, (int)row.Number("rank"));
        }),
        new("BisCore:RenderMaterial", ["paletteName"], static row => row.CopyText("paletteName")),
        new("BisCore:LineStyle", ["data"], static row => row.CopyText("data")),
        new("BisCore:AnnotationTextStyle", ["settings"], static row => ElementRules.WriteCompact(row, "settings")),
    ];

    private static void WriteSubCategory(EntityRow row)
    {
        row.CopyText("description");
        if (row["properties"] is not { ValueKind: JsonValueKind.String } properties)
            throw new UnreadableEntityException("A sub-category has no appearance");
        if (properties.GetString() is not { Length: > 0 } appearance)
            return;
        row.Writer.WritePropertyName("appearance"u8);
        JsonElement.Parse(appearance).WriteTo(row.Writer);
    }
}
