using System.Text.Json;

namespace ITwinOrleans.Backend.IModels;

/// <summary>Where on the Earth an iModel lies, as frontends get it (core-common <c>EcefLocation.toJSON</c>).</summary>
internal static class EcefLocation
{
    private const double SmallAngle = 1.0e-12, SmallMetricDistance = 1.0e-6;

    /// <summary>Whether the location is one: the centre of the Earth means that there is none.</summary>
    public static bool IsValid(JsonElement location) =>
        location.TryGetProperty("origin"u8, out JsonElement origin) && Array.Exists(Point(origin), static value => value != 0);

    /// <summary>Writes a stored location with the transform that it means.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement location)
    {
        double[] origin = Point(location.GetProperty("origin"u8));
        JsonElement orientation = location.TryGetProperty("orientation"u8, out JsonElement angles) ? angles : default;
        double yaw = Angle(orientation, "yaw"), pitch = Angle(orientation, "pitch"), roll = Angle(orientation, "roll");
        double[]? xVector = Vector(location, "xVector"), yVector = Vector(location, "yVector");
        if (xVector is null || yVector is null)
            xVector = yVector = null;

        writer.WriteStartObject();
        WriteNumbers(writer, "origin", origin);
        writer.WriteStartObject("orientation"u8);
        WriteAngle(writer, "pitch", pitch);
        WriteAngle(writer, "roll", roll);
        WriteAngle(writer, "yaw", yaw);
        writer.WriteEndObject();
        writer.WritePropertyName("transform"u8);
        if (location.TryGetProperty("transform"u8, out JsonElement transform))
            transform.WriteTo(writer);
        else
            WriteTransform(writer, origin, FromVectors(xVector, yVector) ?? FromAngles(yaw, pitch, roll));
        if (location.TryGetProperty("cartographicOrigin"u8, out JsonElement cartographic))
        {
            writer.WritePropertyName("cartographicOrigin"u8);
            cartographic.WriteTo(writer);
        }

        if (xVector is not null)
            WriteNumbers(writer, "xVector", xVector);
        if (yVector is not null)
            WriteNumbers(writer, "yVector", yVector);
        writer.WriteEndObject();
    }

    // core-geometry YawPitchRollAngles.toMatrix3d: pitch is clockwise.
    private static double[,] FromAngles(double yaw, double pitch, double roll)
    {
        (double sz, double cz) = Math.SinCos(yaw * Math.PI / 180);
        (double sy, double cy) = Math.SinCos(pitch * Math.PI / 180);
        (double sx, double cx) = Math.SinCos(roll * Math.PI / 180);
        return new[,]
        {
            { cz * cy, -((sz * cx) + (cz * sy * sx)), (sz * sx) - (cz * sy * cx) },
            { sz * cy, (cz * cx) - (sz * sy * sx), -((cz * sx) + (sz * sy * cx)) },
            { sy, cy * sx, cy * cx },
        };
    }

    // The third column is their cross product, with the length of what a unit of height is.
    private static double[,]? FromVectors(double[]? x, double[]? y)
    {
        if (x is null || y is null)
            return null;
        double[] z = [(x[1] * y[2]) - (x[2] * y[1]), (x[2] * y[0]) - (x[0] * y[2]), (x[0] * y[1]) - (x[1] * y[0])];
        double length = Math.Sqrt((z[0] * z[0]) + (z[1] * z[1]) + (z[2] * z[2]));
        if (length < SmallMetricDistance)
            return null;
        z = [z[0] / length, z[1] / length, z[2] / length];
        return new[,] { { x[0], y[0], z[0] }, { x[1], y[1], z[1] }, { x[2], y[2], z[2] } };
    }

    private static void WriteTransform(Utf8JsonWriter writer, double[] origin, double[,] matrix)
    {
        writer.WriteStartArray();
        for (int row = 0; row < 3; row++)
        {
            writer.WriteStartArray();
            for (int column = 0; column < 3; column++)
                writer.WriteNumberValue(matrix[row, column]);
            writer.WriteNumberValue(origin[row]);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteAngle(Utf8JsonWriter writer, string name, double degrees)
    {
        if (Math.Abs(degrees * Math.PI / 180) >= SmallAngle)
            writer.WriteNumber(name, degrees);
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, double[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static double[]? Vector(JsonElement location, string name) =>
        location.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? Point(value) : null;

    private static double Angle(JsonElement angles, string name) =>
        angles.ValueKind == JsonValueKind.Object && angles.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : 0;

    private static double[] Point(JsonElement point) => point.ValueKind == JsonValueKind.Array
        ? [.. point.EnumerateArray().Select(static value => value.GetDouble())]
        : [Axis(point, "x"), Axis(point, "y"), Axis(point, "z")];

    private static double Axis(JsonElement point, string name) =>
        point.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}
