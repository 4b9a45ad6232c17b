namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>One piece of geometry in an element's geometry stream, in the place where the element puts it (core-geometry <c>GeometryQuery</c>).</summary>
internal abstract class GeometryItem
{
    /// <summary>Continues a detailed description on a line of its own; the apostrophes are iTwin.js's.</summary>
    protected const string NextLine = "'\n        ' ";

    /// <summary>Its kind, for example <c>box</c> or <c>lineString</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What follows the kind in a detailed description.</summary>
    public abstract string Describe();

    /// <summary>Its iModelJson, as <c>JSON.stringify</c> writes it.</summary>
    public abstract string ToJson();

    protected static string Number(double value) => JsNumber.Format(value);

    protected static string Boolean(bool value) => value ? "true" : "false";

    protected static string Points(IEnumerable<Vector3> points) => $"[{string.Join(',', points.Select(static point => point.ToJson()))}]";
}
