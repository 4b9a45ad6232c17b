using System.Text;
using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A mesh of facets (core-geometry <c>IndexedPolyface</c>).</summary>
internal sealed class MeshItem(JsonElement mesh, Transform3 place) : GeometryItem
{
    private static readonly string[] Order =
        ["expectedClosure", "twoSided", "auxData", "color", "colorIndex", "normal", "normalIndex", "param", "paramIndex", "point", "pointIndex", "tags", "edgeMateIndex"];

    /// <inheritdoc/>
    public override string Kind => "polyface";

    /// <inheritdoc/>
    public override string Describe()
    {
        int indices = mesh.TryGetProperty("pointIndex"u8, out JsonElement index) ? index.EnumerateArray().Count(static i => i.GetDouble() != 0) : 0;
        string text = $" pointCount: {Count("point")}{NextLine}pointIndexCount: {indices}";
        if (ItemJson.IsTrue(mesh, "twoSided"))
            text += " (two-sided)";
        foreach (string part in (string[])["normal", "param", "color"])
        {
            if (mesh.TryGetProperty(part, out _))
                text += $" {part}Count: {Count(part)}";
        }

        return text;
    }

    /// <inheritdoc/>
    public override string ToJson()
    {
        var text = new StringBuilder("{\"indexedMesh\":{");
        foreach (string name in Order)
        {
            bool isThere = mesh.TryGetProperty(name, out JsonElement value);
            if (!isThere && name != "twoSided")
                continue;
            if (text[^1] != '{')
                text.Append(',');
            text.Append('"').Append(name).Append("\":").Append(Write(name, value));
        }

        return text.Append("}}").ToString();
    }

    private string Write(string name, JsonElement value) => name switch
    {
        "point" => Points(value.EnumerateArray().Select(point => place.PackedPoint(Vector3.Read(point)))),
        "normal" => Points(value.EnumerateArray().Select(normal => place.Normal(Vector3.Read(normal)))),
        "twoSided" => Boolean(value.ValueKind == JsonValueKind.True),
        _ => Compact.Write(value),
    };

    private int Count(string name) => mesh.TryGetProperty(name, out JsonElement value) ? value.GetArrayLength() : 0;
}
