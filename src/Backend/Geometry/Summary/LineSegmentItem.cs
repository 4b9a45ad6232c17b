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
