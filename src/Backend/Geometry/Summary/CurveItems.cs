namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Two points and the line between them.</summary>
internal sealed class LineSegmentItem(Vector3 start, Vector3 end) : GeometryItem
{
    /// <inheritdoc/>
    public override string Kind => "lineSegment";

    /// <inheritdoc/>
    public override string Describe() => $" points: {Points([start, end])} curveLength: {Number((end - start).Magnitude)}";

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"lineSegment\":{Points([start, end])}}}";
}

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

/// <summary>Single points.</summary>
internal sealed class PointStringItem(IReadOnlyList<Vector3> points) : GeometryItem
{
    /// <inheritdoc/>
    public override string Kind => "pointCollection";

    /// <inheritdoc/>
    public override string Describe() => $" numPoints: {points.Count}";

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"pointString\":{Points(points)}}}";
}

/// <summary>One point.</summary>
internal sealed class PointItem(Vector3 point) : GeometryItem
{
    /// <inheritdoc/>
    public override string Kind => "point";

    /// <inheritdoc/>
    public override string Describe() => ToJson();

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"point\":{point.ToJson()}}}";
}
