using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Geometry that is described as it is stored, where the element's placement has not moved it: surfaces, spirals, interpolated curves.</summary>
internal sealed class OtherItem(string kind, JsonElement json) : GeometryItem
{
    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override string Describe()
    {
        if (json.EnumerateObject().FirstOrDefault().Value is not { ValueKind: JsonValueKind.Object } curve || !curve.TryGetProperty("points"u8, out JsonElement points))
            return "";
        string order = ItemJson.Number(curve, "order") is { } number ? $"{NextLine}curveOrder: {Number(number)}" : "";
        return $"{order}{NextLine}controlPointsCount: {points.GetArrayLength()}";
    }

    /// <inheritdoc/>
    public override string ToJson() => Compact.Write(json);
}
