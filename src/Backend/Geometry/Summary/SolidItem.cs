namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A solid, or its skin when it is not capped.</summary>
/// <param name="capped">Whether its ends are closed.</param>
internal abstract class SolidItem(bool capped) : GeometryItem
{
    /// <inheritdoc/>
    public sealed override string Describe() => (capped ? " capped" : " uncapped") + DescribeShape();

    protected bool Capped => capped;

    protected abstract string DescribeShape();
}
