namespace ITwinOrleans.Backend.Geometry.Summary;

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
