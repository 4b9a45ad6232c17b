using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A point or vector of space, in metres.</summary>
internal readonly record struct Vector3(double X, double Y, double Z)
{
    private const double SmallFraction = 1.0e-10;

    /// <summary>Reads <c>[x,y,z]</c> or <c>{x,y,z}</c>; what is missing is zero.</summary>
    public static Vector3 Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => new Vector3(Item(json, 0), Item(json, 1), Item(json, 2)),
        JsonValueKind.Object => new Vector3(Member(json, "x"), Member(json, "y"), Member(json, "z")),
        _ => default,
    };

    /// <summary>Reads a property; null when there is none.</summary>
    public static Vector3? Read(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? Read(value) : null;

    public double Magnitude => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3 operator -(Vector3 a, Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3 operator *(Vector3 a, double scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    public double Dot(Vector3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Vector3 Cross(Vector3 other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>Of length 1; itself when it has no length.</summary>
    public Vector3 Normalized() => Magnitude < SmallFraction ? this : this * (1.0 / Magnitude);

    public bool IsAlmost(double x, double y, double z) =>
        Geometries.IsSame(X, x) && Geometries.IsSame(Y, y) && Geometries.IsSame(Z, z);

    public bool IsPerpendicularTo(Vector3 other) => Dot(other) * Dot(other) <= Geometries.SmallAngleSquared * Dot(this) * other.Dot(other);

    /// <summary>As JSON: <c>[x,y,z]</c>.</summary>
    public string ToJson() => $"[{JsNumber.Format(X)},{JsNumber.Format(Y)},{JsNumber.Format(Z)}]";

    private static double Item(JsonElement array, int index) =>
        index < array.GetArrayLength() && array[index].ValueKind == JsonValueKind.Number ? array[index].GetDouble() : 0;

    private static double Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}
