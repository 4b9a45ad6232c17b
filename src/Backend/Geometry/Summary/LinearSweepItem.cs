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
