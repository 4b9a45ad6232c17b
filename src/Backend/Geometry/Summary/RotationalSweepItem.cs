namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Curves turned about an axis.</summary>
internal sealed class RotationalSweepItem(GeometryItem contour, Vector3 center, Vector3 axis, double sweepDegrees, bool capped) : SolidItem(capped)
{
    /// <inheritdoc/>
    public override string Kind => "rotationalSweep";

    /// <inheritdoc/>
    public override string ToJson() =>
        $"{{\"rotationalSweep\":{{\"axis\":{axis.ToJson()},\"contour\":{contour.ToJson()},\"capped\":{Boolean(Capped)},\"center\":{center.ToJson()},\"sweepAngle\":{Number(sweepDegrees)}}}}}";

    /// <inheritdoc/>
    protected override string DescribeShape() =>
        $"{NextLine}center: {center.ToJson()}{NextLine}axis: {axis.ToJson()}{NextLine}sweepAngle: {Number(sweepDegrees)}";
}
