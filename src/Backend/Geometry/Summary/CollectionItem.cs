namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>Curves that belong together: a path, a loop, a region or a bag (core-geometry <c>CurveCollection</c>).</summary>
internal sealed class CollectionItem(string kind, IReadOnlyList<GeometryItem> children) : GeometryItem
{
    private const string NextLineOfCurves = "'\n    ' ";

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override string Describe()
    {
        string text = kind switch
        {
            "loop" => " isInner: false",
            "path" => " isOpen: true",
            _ => "",
        };
        return $"{text}{NextLineOfCurves}numCurves: {CountCurves()}{NextLineOfCurves}boundary: {BoundaryType}";
    }

    /// <inheritdoc/>
    public override string ToJson() => $"{{\"{kind}\":[{string.Join(',', children.Select(static child => child.ToJson()))}]}}";

    private int BoundaryType => kind switch
    {
        "path" => 1,
        "loop" => 2,
        "parityRegion" => 4,
        "unionRegion" => 5,
        _ => 0,
    };

    private int CountCurves() => children.Sum(static child => child is CollectionItem nested ? nested.CountCurves() : 1);
}
