using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>The box along the axes that contains a placed element (core-common <c>Placement3d.calculateRange</c>).</summary>
internal static class PlacementRange
{
    private const double LeastLength = 0.001, Depth2d = 1, Extreme = 1e200;

    /// <summary>The range, as JSON.</summary>
    public static string Write(JsonElement placement, bool is2d)
    {
        double[] low = [Extreme, Extreme, Extreme], high = [-Extreme, -Extreme, -Extreme];
        if (placement.TryGetProperty("bbox"u8, out JsonElement box) && Vector3.Read(box, "low") is { } a && Vector3.Read(box, "high") is { } b && a.X <= b.X && a.Y <= b.Y && a.Z <= b.Z)
        {
            Transform3 place = Transform3.FromPlacement(placement);
            foreach (Vector3 corner in Corners(a, b).Select(place.Point))
                Extend(corner, low, high);
            for (int axis = 0; axis < 3; axis++)
            {
                double missing = (LeastLength - (high[axis] - low[axis])) / 2;
                if (missing > 0)
                    (low[axis], high[axis]) = (low[axis] - missing, high[axis] + missing);
            }

            if (is2d)
                (low[2], high[2]) = (-Depth2d, Depth2d);
        }

        return $"{{\"low\":{ToJson(low)},\"high\":{ToJson(high)}}}";
    }

    private static IEnumerable<Vector3> Corners(Vector3 low, Vector3 high) =>
        from z in (double[])[low.Z, high.Z]
        from y in (double[])[low.Y, high.Y]
        from x in (double[])[low.X, high.X]
        select new Vector3(x, y, z);

    private static void Extend(Vector3 point, double[] low, double[] high)
    {
        double[] values = [point.X, point.Y, point.Z];
        for (int axis = 0; axis < 3; axis++)
            (low[axis], high[axis]) = (Math.Min(low[axis], values[axis]), Math.Max(high[axis], values[axis]));
    }

    private static string ToJson(double[] point) => new Vector3(point[0], point[1], point[2]).ToJson();
}
