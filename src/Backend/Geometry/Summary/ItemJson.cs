using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Reads the common parts of iModelJson.</summary>
internal static class ItemJson
{
    /// <summary>A number; null when there is none.</summary>
    public static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>Whether a property is true.</summary>
    public static bool IsTrue(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The orientation, made of right angles unless all three axes are given; null when none is.</summary>
    public static Transform3? Axes(JsonElement json)
    {
        if (json.TryGetProperty("xyzVectors"u8, out JsonElement all) && all.GetArrayLength() == 3)
            return new Transform3(Vector3.Read(all[0]), Vector3.Read(all[1]), Vector3.Read(all[2]), default);
        if (json.TryGetProperty("yawPitchRollAngles"u8, out JsonElement angles))
            return Transform3.FromAngles(angles, default);
        if (json.TryGetProperty("xyVectors"u8, out JsonElement xy) && Square(xy) is { } first)
            return new Transform3(first.A, first.B, first.C, default);
        if (json.TryGetProperty("zxVectors"u8, out JsonElement zx) && Square(zx) is { } second)
            return new Transform3(second.B, second.C, second.A, default);
        return null;
    }

    /// <summary>The points of an array.</summary>
    public static List<Vector3> Points(JsonElement array, Func<Vector3, Vector3> place) =>
        array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(point => place(Vector3.Read(point)))] : [];

    // core-geometry Matrix3d.createRigidFromColumns.
    private static (Vector3 A, Vector3 B, Vector3 C)? Square(JsonElement vectors)
    {
        if (vectors.ValueKind != JsonValueKind.Array || vectors.GetArrayLength() != 2)
            return null;
        Vector3 a = Vector3.Read(vectors[0]), b = Vector3.Read(vectors[1]);
        Vector3 c = a.Normalized().Cross(b);
        return a.Magnitude == 0 || c.Magnitude == 0 ? null : (a.Normalized(), c.Normalized().Cross(a).Normalized(), c.Normalized());
    }
}
