using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A bent pipe (core-geometry <c>TorusPipe</c>).</summary>
internal sealed class TorusItem(Transform3 frame, double majorRadius, double minorRadius, double sweepDegrees, bool capped) : SolidItem(capped)
{
    private const double FullCircle = 360;

    /// <inheritdoc/>
    public override string Kind => "torusPipe";

    /// <summary>Reads its iModelJson; null when it is none.</summary>
    public static TorusItem? Read(JsonElement json, Transform3 place)
    {
        if (Vector3.Read(json, "center") is not { } center || ItemJson.Number(json, "majorRadius") is not { } major || ItemJson.Number(json, "minorRadius") is not { } minor)
            return null;
        Transform3 axes = ItemJson.Axes(json) ?? Transform3.Identity;
        var frame = new Transform3(axes.ColumnX, axes.ColumnY, axes.ColumnX.Cross(axes.ColumnY).Normalized(), center);
        return new TorusItem(
            place.Times(frame), Math.Abs(major), Math.Abs(minor), ItemJson.Number(json, "sweepAngle") ?? FullCircle, ItemJson.IsTrue(json, "capped"));
    }

    /// <inheritdoc/>
    public override string ToJson()
    {
        string text = $"{{\"torusPipe\":{{\"center\":{frame.Origin.ToJson()},\"majorRadius\":{Number(Major)},\"minorRadius\":{Number(Minor)},\"xyVectors\":{Axes}";
        if (!Geometries.IsFullCircle(sweepDegrees))
            text += $",\"sweepAngle\":{Number(sweepDegrees)},\"capped\":{Boolean(Capped)}";
        return text + "}}";
    }

    private double Major => majorRadius * frame.ColumnX.Magnitude;

    private double Minor => minorRadius * frame.ColumnZ.Magnitude;

    private string Axes => $"[{frame.ColumnX.Normalized().ToJson()},{frame.ColumnY.Normalized().ToJson()}]";

    /// <inheritdoc/>
    protected override string DescribeShape() =>
        $"{NextLine}center: {frame.Origin.ToJson()}{NextLine}xyVectors: {Axes}{NextLine}majorRadius: {Number(Major)}{NextLine}minorRadius: {Number(Minor)}"
        + $"{NextLine}sweepAngle: {Number(sweepDegrees)}";
}
