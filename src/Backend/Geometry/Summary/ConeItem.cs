using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A cone, a frustum or a cylinder (core-geometry <c>Cone</c>).</summary>
internal sealed class ConeItem(Transform3 frame, double radiusA, double radiusB, bool capped) : SolidItem(capped)
{
    private const double NearlyVertical = 1.0 / 64;

    /// <inheritdoc/>
    public override string Kind => "cone";

    /// <summary>Reads the iModelJson of a cone; null when it is none.</summary>
    public static ConeItem? ReadCone(JsonElement json, Transform3 place)
    {
        double? radius = ItemJson.Number(json, "radius"), startRadius = ItemJson.Number(json, "startRadius") ?? radius;
        double? endRadius = ItemJson.Number(json, "endRadius") ?? startRadius;
        if (Vector3.Read(json, "start") is not { } start || Vector3.Read(json, "end") is not { } end || startRadius is null || endRadius is null)
            return null;
        Vector3 axis = end - start;
        Transform3 axes = ItemJson.Axes(json) ?? Across(axis);
        var frame = new Transform3(axes.ColumnX, axes.ColumnY, axis, start);
        return new ConeItem(place.Times(frame), Math.Abs(startRadius.Value), Math.Abs(endRadius.Value), ItemJson.IsTrue(json, "capped"));
    }

    /// <summary>Reads the iModelJson of a cylinder; null when it is none.</summary>
    public static ConeItem? ReadCylinder(JsonElement json, Transform3 place)
    {
        if (Vector3.Read(json, "start") is not { } start || Vector3.Read(json, "end") is not { } end || ItemJson.Number(json, "radius") is not { } radius)
            return null;
        Vector3 axis = end - start;
        Transform3 axes = Across(axis);
        // The unit vector times its length is not quite the axis, in the last digit that is shown.
        var frame = new Transform3(axes.ColumnX, axes.ColumnY, axes.ColumnZ * axis.Magnitude, start);
        return new ConeItem(place.Times(frame), radius, radius, ItemJson.IsTrue(json, "capped"));
    }

    /// <inheritdoc/>
    public override string ToJson()
    {
        double x = frame.ColumnX.Magnitude, y = frame.ColumnY.Magnitude;
        Vector3 axis = End - frame.Origin;
        bool sameLength = Geometries.IsSame(x, y);
        string ends = $"\"capped\":{Boolean(Capped)},\"start\":{frame.Origin.ToJson()},\"end\":{End.ToJson()}";
        if (Geometries.IsSame(radiusA, radiusB) && frame.ColumnX.IsPerpendicularTo(axis) && frame.ColumnY.IsPerpendicularTo(axis) && sameLength && Geometries.IsSame(x, 1))
            return $"{{\"cylinder\":{{{ends},\"radius\":{Number(radiusA)}}}}}";
        string radii = Geometries.IsSame(radiusA, radiusB)
            ? $"\"radius\":{Number(radiusA)}"
            : $"\"startRadius\":{Number(radiusA)},\"endRadius\":{Number(radiusB)}";
        string text = $"{{\"cone\":{{{ends},{radii},\"xyVectors\":[{frame.ColumnX.ToJson()},{frame.ColumnY.ToJson()}]";
        if (!sameLength || !frame.ColumnX.IsPerpendicularTo(frame.ColumnY))
            text += $",\"xyzVectors\":[{frame.ColumnX.ToJson()},{frame.ColumnY.ToJson()},{axis.ToJson()}]";
        return text + "}}";
    }

    private Vector3 End => frame.Point(new(0, 0, 1));

    /// <inheritdoc/>
    protected override string DescribeShape() =>
        $"{NextLine}baseCenterPoint: {frame.Origin.ToJson()}{NextLine}topCenterPoint: {End.ToJson()}"
        + $"{NextLine}baseCenterRadius: {Number(radiusA)}{NextLine}topCenterRadius: {Number(radiusB)}";

    // Two directions across an axis, the first horizontal (core-geometry Matrix3d.createRigidHeadsUp).
    private static Transform3 Across(Vector3 axis)
    {
        Vector3 z = axis.Normalized();
        Vector3 across = Math.Abs(z.X) < NearlyVertical && Math.Abs(z.Y) < NearlyVertical ? new Vector3(z.Z, 0, -z.X) : new Vector3(-z.Y, z.X, 0);
        Vector3 x = across.Normalized();
        Vector3 y = z.Cross(x).Normalized();
        return new Transform3(x, y, z, default);
    }
}
