using System.Text.Json;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>What all elements have, and links (core-backend <c>Element.js</c>).</summary>
internal static class ElementRules
{
    /// <summary>The rules.</summary>
    public static EntityRule[] All { get; } =
    [
        new("BisCore:Element", ["codeValue", "codeSpec", "codeScope", "model", "parent", "federationGuid", "lastMod"], WriteElement),
        new("BisCore:UrlLink", ["description", "url"], static row =>
        {
            row.CopyText("description");
            row.Copy("url");
        }),
        new("BisCore:RenderTimeline", ["script"], WriteTimeline),
        new("BisCore:TextAnnotation2d", ["textAnnotationData"], static row => WriteCompact(row, "textAnnotationData")),
        new("BisCore:TextAnnotation3d", ["textAnnotationData"], static row => WriteCompact(row, "textAnnotationData")),
    ];

    /// <summary>Writes a property that is JSON text again, without what does not matter in it.</summary>
    public static void WriteCompact(EntityRow row, string property)
    {
        if (row[property] is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } json)
            row.Writer.WriteString(property, Scripts.Compact(json));
    }

    private static void WriteElement(EntityRow row)
    {
        row.Writer.WriteStartObject("code"u8);
        row.Writer.WriteString("value"u8, row["codeValue"] is { ValueKind: JsonValueKind.String } value ? value.GetString() : "");
        row.Writer.WriteString("spec"u8, row.Id("codeSpec"));
        row.Writer.WriteString("scope"u8, row.Id("codeScope"));
        row.Writer.WriteEndObject();
        row.Writer.WriteString("model"u8, row.Id("model"));
        row.Copy("parent");
        row.Copy("federationGuid");
    }

    private static void WriteTimeline(EntityRow row)
    {
        if (row.Option("renderTimeline", "omitScriptElementIds").ValueKind == JsonValueKind.True
            && row["script"] is { ValueKind: JsonValueKind.String } script && script.GetString() is { Length: > 0 } json)
            row.Writer.WriteString("script"u8, Scripts.WithoutElementIds(json));
        else
            row.Copy("script");
    }
}
