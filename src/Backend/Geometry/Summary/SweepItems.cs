namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Curves moved along a vector.</summary>
internal sealed class LinearSweepItem(GeometryItem contour, Vector3 vector, bool capped) : SolidItem(capped)
{
    /// <inheritdoc/>
    public override string Kind => "linearSweep";

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"linearSweep\":{{\"contour\":{contour.ToJson()},\"capped\":{Boolean(Capped)},\"vector\":{vector.ToJson()}}}}}";

    /// <inheritdoc/>
    protected override string DescribeShape() => $"{NextLine}vector: {vector.ToJson()}{NextLine}curves{contour.Describe()}";
}

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

/// <summary>Contours joined one to the next.</summary>
internal sealed class RuledSweepItem(IReadOnlyList<GeometryItem> contours, bool capped) : SolidItem(capped)
{
    /// <inheritdoc/>
    public override string Kind => "ruledSweep";

    /// <inheritdoc/>
    public override string ToJson() =>
        $"{{\"ruledSweep\":{{\"contour\":[{string.Join(',', contours.Select(static contour => contour.ToJson()))}],\"capped\":{Boolean(Capped)}}}}}";

    /// <inheritdoc/>
    protected override string DescribeShape()
    {
        bool isClosed = contours.Count > 1 && (Capped || contours[0].ToJson() == contours[^1].ToJson());
        string described = string.Join(',', contours.Select(static contour => System.Text.Encoding.UTF8.GetString(Json.JsonText.Quote(contour.Describe()))));
        return $"{NextLine}isClosedVolume{Boolean(isClosed)}{NextLine}contours: [{described}]";
    }
}
