namespace ITwinOrleans.Backend.Geometry.Summary;

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
