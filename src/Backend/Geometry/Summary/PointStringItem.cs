namespace ITwinOrleans.Backend.Geometry.Summary;

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
