namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>A part of a circle or an ellipse (core-geometry <c>Arc3d</c>).</summary>
internal sealed class ArcItem(Vector3 center, Vector3 vectorX, Vector3 vectorY, double startDegrees, double endDegrees) : GeometryItem
{
    private const int Intervals = 512;

    /// <inheritdoc/>
    public override string Kind => "arc";

    /// <inheritdoc/>
    public override string Describe()
    {
        double? radius = Radius;
        return $" center: {center.ToJson()} radius: {(radius is { } r ? Number(r) : "undefined")}{NextLine}vectorX:{vectorX.ToJson()}{NextLine}vectorY:{vectorY.ToJson()}"
            + $"{NextLine}sweepStartEnd [{Number(startDegrees)}, {Number(endDegrees)}] curveLength: {Number(Length(radius))}";
    }

    /// <inheritdoc/>
    public override string ToJson() =>
        $"{{\"arc\":{{\"center\":{center.ToJson()},\"vectorX\":{vectorX.ToJson()},\"vectorY\":{vectorY.ToJson()},\"sweepStartEnd\":[{Number(startDegrees)},{Number(endDegrees)}]}}}}";

    private double? Radius =>
        Geometries.IsSame(vectorX.Magnitude, vectorY.Magnitude) && vectorX.IsPerpendicularTo(vectorY) ? vectorX.Magnitude : null;

    private double Length(double? radius)
    {
        double start = startDegrees * Math.PI / 180, sweep = (endDegrees - startDegrees) * Math.PI / 180;
        if (radius is { } r)
            return Math.Abs(sweep * r);

        // Simpson's rule over the speed along the ellipse.
        double sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            (double sin, double cos) = Math.SinCos(start + (sweep * i / Intervals));
            int weight = i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * ((vectorX * -sin) + (vectorY * cos)).Magnitude;
        }

        return Math.Abs(sum * sweep / Intervals / 3);
    }
}
