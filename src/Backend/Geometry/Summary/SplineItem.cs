using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A B-spline curve without weights (core-geometry <c>BSplineCurve3d</c>).</summary>
internal sealed class SplineItem(IReadOnlyList<Vector3> poles, JsonElement knots, int order, bool closed) : GeometryItem
{
    private const int IntervalsPerSpan = 64;

    /// <inheritdoc/>
    public override string Kind => "bsplineCurve";

    /// <summary>Reads its iModelJson; null when it is none, or has weights.</summary>
    public static SplineItem? Read(JsonElement json, Transform3 place)
    {
        if (!json.TryGetProperty("points"u8, out JsonElement points) || points.ValueKind != JsonValueKind.Array || points.GetArrayLength() == 0
            || points[0].ValueKind != JsonValueKind.Array || points[0].GetArrayLength() != 3
            || !json.TryGetProperty("knots"u8, out JsonElement knots) || knots.ValueKind != JsonValueKind.Array
            || ItemJson.Number(json, "order") is not { } order)
            return null;
        List<Vector3> poles = ItemJson.Points(points, place.Point);
        bool fits = order >= 2 && poles.Count >= order && knots.GetArrayLength() == poles.Count + (int)order;
        return fits ? new SplineItem(poles, knots, (int)order, ItemJson.IsTrue(json, "closed")) : null;
    }

    /// <inheritdoc/>
    public override string Describe() =>
        $"{NextLine}curveOrder: {order}{NextLine}controlPointsCount: {poles.Count}{NextLine}curveLength: {Number(Length())}";

    /// <inheritdoc/>
    public override string ToJson() =>
        $"{{\"bcurve\":{{\"points\":{Points(poles)},\"knots\":{Compact.Write(knots)},\"order\":{order}{(closed ? ",\"closed\":true" : "")}}}}}";

    // Simpson's rule over the speed along each span between knots.
    private double Length()
    {
        double[] values = [.. knots.EnumerateArray().Select(static knot => knot.GetDouble())];
        double length = 0;
        for (int span = order - 1; span < poles.Count; span++)
        {
            double width = values[span + 1] - values[span];
            if (width <= 0)
                continue;
            double sum = 0;
            for (int i = 0; i <= IntervalsPerSpan; i++)
            {
                int weight = i is 0 or IntervalsPerSpan ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * Speed(values, span, values[span] + (width * i / IntervalsPerSpan));
            }

            length += sum * width / IntervalsPerSpan / 3;
        }

        return length;
    }

    // The derivative is a spline of one degree less (de Boor).
    private double Speed(double[] values, int span, double at)
    {
        int degree = order - 1;
        var points = new Vector3[degree];
        for (int i = 0; i < degree; i++)
        {
            int index = span - degree + 1 + i;
            double width = values[index + degree] - values[index];
            points[i] = width == 0 ? default : (poles[index] - poles[index - 1]) * (degree / width);
        }

        for (int level = 1; level < degree; level++)
        {
            for (int i = degree - 1; i >= level; i--)
            {
                int index = span - degree + 1 + i;
                double width = values[index + degree - level] - values[index];
                double fraction = width == 0 ? 0 : (at - values[index]) / width;
                points[i] = (points[i - 1] * (1 - fraction)) + (points[i] * fraction);
            }
        }

        return points[degree - 1].Magnitude;
    }
}
