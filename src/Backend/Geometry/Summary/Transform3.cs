using System.Text.Json;
using ITwinOrleans.Backend.Elements.Instances;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>An affine map: columns of its matrix and its origin.</summary>
internal readonly record struct Transform3(Vector3 ColumnX, Vector3 ColumnY, Vector3 ColumnZ, Vector3 Origin)
{
    /// <summary>The map that moves nothing.</summary>
    public static Transform3 Identity => new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>The placement of an element (iTwin.js <c>Placement3dProps</c> or <c>Placement2dProps</c>).</summary>
    public static Transform3 FromPlacement(JsonElement placement)
    {
        Vector3 origin = Vector3.Read(placement, "origin") ?? default;
        if (placement.TryGetProperty("angles"u8, out JsonElement angles))
            return FromAngles(angles, origin);
        return placement.TryGetProperty("angle"u8, out JsonElement angle) && angle.ValueKind == JsonValueKind.Number
            ? FromAngles(angle.GetDouble(), 0, 0, origin)
            : Identity with { Origin = origin };
    }

    /// <summary>A rotation by yaw, pitch and roll in degrees.</summary>
    public static Transform3 FromAngles(JsonElement angles, Vector3 origin) =>
        FromAngles(Degrees(angles, "yaw"), Degrees(angles, "pitch"), Degrees(angles, "roll"), origin);

    /// <summary>The map of a point. Sums are in core-geometry's order: the last digits are part of the text.</summary>
    public Vector3 Point(Vector3 p) => new(
        Origin.X + (ColumnX.X * p.X) + (ColumnY.X * p.Y) + (ColumnZ.X * p.Z),
        Origin.Y + (ColumnX.Y * p.X) + (ColumnY.Y * p.Y) + (ColumnZ.Y * p.Z),
        Origin.Z + (ColumnX.Z * p.X) + (ColumnY.Z * p.Y) + (ColumnZ.Z * p.Z));

    /// <summary>The map of a point of many, which core-geometry keeps packed and adds up in another order.</summary>
    public Vector3 PackedPoint(Vector3 p) => Vector(p) + Origin;

    /// <summary>The map of a vector.</summary>
    public Vector3 Vector(Vector3 v) => new(
        (ColumnX.X * v.X) + (ColumnY.X * v.Y) + (ColumnZ.X * v.Z),
        (ColumnX.Y * v.X) + (ColumnY.Y * v.Y) + (ColumnZ.Y * v.Z),
        (ColumnX.Z * v.X) + (ColumnY.Z * v.Y) + (ColumnZ.Z * v.Z));

    /// <summary>The map of a surface's normal: by the inverse transposed, of length 1 again.</summary>
    public Vector3 Normal(Vector3 normal)
    {
        Vector3 a = new(ColumnX.X, ColumnY.X, ColumnZ.X), b = new(ColumnX.Y, ColumnY.Y, ColumnZ.Y), c = new(ColumnX.Z, ColumnY.Z, ColumnZ.Z);
        double determinant = a.Dot(b.Cross(c));
        if (determinant == 0)
            return normal;
        double f = 1.0 / determinant;
        var mapped = new Vector3((b.Cross(c) * f).Dot(normal), (c.Cross(a) * f).Dot(normal), (a.Cross(b) * f).Dot(normal));
        double square = mapped.Dot(mapped);
        if (square < Geometries.SmallFloatingPoint)
            return normal;
        return Math.Abs(square - 1) > Geometries.SmallFloatingPoint ? mapped * (1.0 / Math.Sqrt(square)) : mapped;
    }

    /// <summary>The other map first, then this.</summary>
    public Transform3 Times(Transform3 other) => new(Vector(other.ColumnX), Vector(other.ColumnY), Vector(other.ColumnZ), Point(other.Origin));

    /// <summary>As JSON: three rows, the origin in the fourth column.</summary>
    public string ToJson() =>
        $"[{Row(ColumnX.X, ColumnY.X, ColumnZ.X, Origin.X)},{Row(ColumnX.Y, ColumnY.Y, ColumnZ.Y, Origin.Y)},{Row(ColumnX.Z, ColumnY.Z, ColumnZ.Z, Origin.Z)}]";

    // core-geometry YawPitchRollAngles.toMatrix3d: pitch is clockwise.
    private static Transform3 FromAngles(double yaw, double pitch, double roll, Vector3 origin)
    {
        (double cz, double sz) = CosSin(yaw);
        (double cy, double sy) = CosSin(pitch);
        (double cx, double sx) = CosSin(roll);
        return new Transform3(
            new(cz * cy, sz * cy, sy),
            new(-((sz * cx) + (cz * sy * sx)), (cz * cx) - (sz * sy * sx), cy * sx),
            new((sz * sx) - (cz * sy * cx), -((cz * sx) + (sz * sy * cx)), cy * cx),
            origin);
    }

    private static (double Cos, double Sin) CosSin(double degrees)
    {
        double radians = degrees * Math.PI / 180;
        return (Math.Cos(radians), Math.Sin(radians));
    }

    private static string Row(double a, double b, double c, double d) =>
        $"[{JsNumber.Format(a)},{JsNumber.Format(b)},{JsNumber.Format(c)},{JsNumber.Format(d)}]";

    private static double Degrees(JsonElement angles, string name)
    {
        if (angles.ValueKind != JsonValueKind.Object || !angles.TryGetProperty(name, out JsonElement value))
            return 0;
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetDouble();
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("radians"u8, out JsonElement radians)
            ? Angles.ToDegrees(radians.GetDouble())
            : 0;
    }
}
