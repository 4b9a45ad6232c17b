using System.Text.Json;

namespace ITwinOrleans.Backend.Views;

/// <summary>A box along the axes; the null range contains nothing.</summary>
/// <param name="Low">The least x, y and z, in metres.</param>
/// <param name="High">The greatest x, y and z.</param>
internal readonly record struct Range3d(double[] Low, double[] High)
{
    // core-geometry's RangeBase: further out than anything that exists.
    private const double Extreme = 1e200;

    /// <summary>The range that contains nothing.</summary>
    public static Range3d Null => new([Extreme, Extreme, Extreme], [-Extreme, -Extreme, -Extreme]);

    /// <summary>Whether it contains nothing.</summary>
    public bool IsNull => Low[0] > High[0] || Low[1] > High[1] || Low[2] > High[2];

    /// <summary>Reads <c>{low:[x,y,z], high:[x,y,z]}</c>; whatever else is the null range.</summary>
    public static Range3d Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("low"u8, out JsonElement low) && json.TryGetProperty("high"u8, out JsonElement high)
            ? new Range3d(Point(low), Point(high))
            : Null;

    /// <summary>The smallest range that contains both.</summary>
    public Range3d Union(Range3d other)
    {
        if (other.IsNull)
            return this;
        if (IsNull)
            return other;
        Range3d self = this;
        return new Range3d(
            [.. Enumerable.Range(0, 3).Select(i => Math.Min(self.Low[i], other.Low[i]))],
            [.. Enumerable.Range(0, 3).Select(i => Math.Max(self.High[i], other.High[i]))]);
    }

    /// <summary>Writes it as core-geometry's <c>Range3d.toJSON</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WritePoint(writer, "low", Low);
        WritePoint(writer, "high", High);
        writer.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter writer, string name, double[] point)
    {
        writer.WriteStartArray(name);
        foreach (double value in point)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }

    private static double[] Point(JsonElement point) => point.ValueKind == JsonValueKind.Array
        ? [.. point.EnumerateArray().Select(static value => value.GetDouble())]
        : [point.GetProperty("x"u8).GetDouble(), point.GetProperty("y"u8).GetDouble(), point.GetProperty("z"u8).GetDouble()];
}
