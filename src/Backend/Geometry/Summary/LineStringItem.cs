namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Points joined by lines.</summary>
internal sealed class LineStringItem(IReadOnlyList<Vector3> points) : GeometryItem
{
    /// <inheritdoc/>
    public override string Kind => "lineString";

    /// <inheritdoc/>
    public override string Describe()
    {
        double length = 0;
        for (int i = 1; i < points.Count; i++)
            length += (points[i] - points[i - 1]).Magnitude;
        return $" pointCount: {points.Count}{NextLine}curveLength: {Number(length)}";
    }

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"lineString\":{Points(points)}}}";
}
