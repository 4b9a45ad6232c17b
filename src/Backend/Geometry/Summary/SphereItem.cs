using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A sphere, an ellipsoid or a part of one between two latitudes (core-geometry <c>Sphere</c>).</summary>
internal sealed class SphereItem(Transform3 frame, (double Start, double End)? latitudes, bool capped) : SolidItem(capped)
{
    /// <inheritdoc/>
    public override string Kind => "sphere";

    /// <summary>Reads its iModelJson; null when it is none.</summary>
    public static SphereItem? Read(JsonElement json, Transform3 place)
    {
        double? radius = ItemJson.Number(json, "radius"), x = ItemJson.Number(json, "radiusX") ?? radius;
        double? y = ItemJson.Number(json, "radiusY") ?? x, z = ItemJson.Number(json, "radiusZ") ?? y;
        if (Vector3.Read(json, "center") is not { } center || x is not > 0 || y is not > 0 || z is not > 0)
            return null;
        Transform3 axes = ItemJson.Axes(json) ?? Transform3.Identity;
        var frame = new Transform3(axes.ColumnX * x.Value, axes.ColumnY * y.Value, axes.ColumnZ * z.Value, center);
        (double, double)? latitudes = json.TryGetProperty("latitudeStartEnd"u8, out JsonElement sweep) && sweep.ValueKind == JsonValueKind.Array
            ? (sweep[0].GetDouble(), sweep[1].GetDouble())
            : null;
        return new SphereItem(place.Times(frame), latitudes, ItemJson.IsTrue(json, "capped"));
    }

    /// <inheritdoc/>
    public override string ToJson()
    {
        double x = frame.ColumnX.Magnitude, y = frame.ColumnY.Magnitude, z = frame.ColumnZ.Magnitude;
        Vector3 unitX = frame.ColumnX.Normalized(), unitZ = frame.ColumnZ.Normalized();
        string text = $"{{\"sphere\":{{\"center\":{frame.Origin.ToJson()}";
        if (!IsUnrotated)
            text += $",\"zxVectors\":[{unitZ.ToJson()},{unitX.ToJson()}]";
        if (latitudes is { } part && !IsFull(part))
        {
            if (Capped)
                text += ",\"capped\":true";
            text += $",\"latitudeStartEnd\":[{Number(part.Start)},{Number(part.End)}]";
        }

        if (!Geometries.IsSame(x, y))
            text += $",\"radiusX\":{Number(x)},\"radiusY\":{Number(y)},\"radiusZ\":{Number(z)}";
        else if (!Geometries.IsSame(x, z))
            text += $",\"radiusX\":{Number(x)},\"radiusZ\":{Number(z)}";
        else
            text += $",\"radius\":{Number(x)}";
        return text + "}}";
    }

    private bool IsUnrotated
    {
        get
        {
            Vector3 x = frame.ColumnX.Normalized(), z = frame.ColumnZ.Normalized();
            return Math.Max(Math.Max(Math.Abs(x.X - 1), Math.Max(Math.Abs(x.Y), Math.Abs(x.Z))), Math.Max(Math.Abs(z.Z - 1), Math.Max(Math.Abs(z.X), Math.Abs(z.Y))))
                < Geometries.SmallAngle;
        }
    }

    /// <inheritdoc/>
    protected override string DescribeShape()
    {
        // What is no true sphere has no radius, which JavaScript writes as undefined.
        double x = RowSquare(frame.ColumnX.X, frame.ColumnY.X, frame.ColumnZ.X);
        double y = RowSquare(frame.ColumnX.Y, frame.ColumnY.Y, frame.ColumnZ.Y), z = RowSquare(frame.ColumnX.Z, frame.ColumnY.Z, frame.ColumnZ.Z);
        bool isSphere = Math.Abs(x - y) <= Geometries.SmallDistance && Math.Abs(x - z) <= Geometries.SmallDistance;
        return $"{NextLine}centerPoint: {frame.Origin.ToJson()}{NextLine}radius: {(isSphere ? Number(Math.Sqrt(x)) : "undefined")}";
    }

    private static double RowSquare(double a, double b, double c) => (a * a) + (b * b) + (c * c);

    private static bool IsFull((double Start, double End) part) => part is { Start: <= -90 + 1e-10, End: >= 90 - 1e-10 };
}
