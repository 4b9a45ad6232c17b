using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A box, or a frustum when its top is of another size (core-geometry <c>Box</c>).</summary>
internal sealed class BoxItem(Transform3 frame, double baseX, double baseY, double topX, double topY, bool capped) : SolidItem(capped)
{
    /// <inheritdoc/>
    public override string Kind => "box";

    /// <summary>Reads its iModelJson; null when it is none.</summary>
    public static BoxItem? Read(JsonElement json, Transform3 place)
    {
        if (ItemJson.Number(json, "baseX") is not { } baseX || (Vector3.Read(json, "origin") ?? Vector3.Read(json, "baseOrigin")) is not { } origin)
            return null;
        Transform3 axes = ItemJson.Axes(json) ?? Transform3.Identity;
        double baseY = ItemJson.Number(json, "baseY") ?? baseX;
        Vector3 top = Vector3.Read(json, "topOrigin") ?? (axes with { Origin = origin }).Point(new(0, 0, ItemJson.Number(json, "height") ?? baseX));
        var frame = new Transform3(axes.ColumnX, axes.ColumnY, top - origin, origin);
        return new BoxItem(
            place.Times(frame), baseX, baseY, ItemJson.Number(json, "topX") ?? baseX, ItemJson.Number(json, "topY") ?? baseY, ItemJson.IsTrue(json, "capped"));
    }

    /// <inheritdoc/>
    public override string ToJson()
    {
        string text = $"{{\"box\":{{\"origin\":{frame.Origin.ToJson()},\"baseOrigin\":{frame.Origin.ToJson()},\"baseX\":{Number(baseX)},\"baseY\":{Number(baseY)}"
            + $",\"capped\":{Boolean(Capped)},\"topOrigin\":{Top.ToJson()}";
        if (!frame.ColumnX.IsAlmost(1, 0, 0) || !frame.ColumnY.IsAlmost(0, 1, 0))
            text += $",\"xyVectors\":[{frame.ColumnX.ToJson()},{frame.ColumnY.ToJson()}]";
        if (!Geometries.IsSame(topX, baseX))
            text += $",\"topX\":{Number(topX)}";
        if (!Geometries.IsSame(topY, baseY))
            text += $",\"topY\":{Number(topY)}";
        return text + "}}";
    }

    private Vector3 Top => frame.Point(new(0, 0, 1));

    /// <inheritdoc/>
    protected override string DescribeShape() =>
        $"{NextLine}origin: {frame.Origin.ToJson()}{NextLine}topOrigin: {Top.ToJson()}{NextLine}baseX: {Number(baseX)}{NextLine}baseY: {Number(baseY)}";
}
