using System.Text.Json;
using System.Text.RegularExpressions;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>The lines about one element's or part's geometry (core-backend <c>GeometrySummary.js</c>).</summary>
internal sealed partial class ElementSummary(SummaryOptions options)
{
    // The order in which core-common's TextString has its properties.
    private static readonly string[] TextFirst = ["text", "font", "height"];

    private readonly List<string> _lines = [];

    /// <summary>The lines; the first says which element.</summary>
    public IEnumerable<string> Lines => _lines.Where(static line => line.Length > 0);

    /// <summary>Adds a line.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>Adds what is said of a geometric element before its geometry.</summary>
    public void AddElement(JsonElement element, bool is2d)
    {
        Add($"({(is2d ? "2D" : "3D")}) Category: {element.GetProperty("category"u8).GetString()}");
        Add($"Model: {element.GetProperty("model"u8).GetString()}");
        if (!options.IncludePlacement || !element.TryGetProperty("placement"u8, out JsonElement placement))
            return;
        Add($"Range: {PlacementRange.Write(placement, is2d)}");
        Add($"Transform: {Transform3.FromPlacement(placement).ToJson()}");
    }

    /// <summary>Adds the geometry of a stream.</summary>
    /// <param name="stream">iTwin.js <c>GeometryStreamProps</c>.</param>
    /// <param name="place">Where the element puts it.</param>
    /// <param name="category">The element's category; <c>0</c> for a part.</param>
    public void AddStream(JsonElement stream, Transform3 place, string category)
    {
        var symbology = new Symbology(category);
        string? shown = null, range = null, shownRange = null;
        foreach (JsonElement entry in stream.EnumerateArray())
        {
            if (symbology.TryApply(entry))
                continue;
            if (entry.TryGetProperty("subRange"u8, out JsonElement subRange))
            {
                range = $"{{\"low\":{(Vector3.Read(subRange, "low") ?? default).ToJson()},\"high\":{(Vector3.Read(subRange, "high") ?? default).ToJson()}}}";
                continue;
            }

            bool isPart = entry.TryGetProperty("geomPart"u8, out _);
            string? text = Describe(entry, place);
            if (text is null)
                continue;
            if (isPart)
                range = null;
            if (options.VerboseSymbology && shown != symbology.ToJson())
                Add($"Symbology: {Squish(shown = symbology.ToJson())}");
            if (range is not null && range != shownRange)
                Add($"SubGraphicRange: {shownRange = range}");
            Add(text);
        }
    }

    private string? Describe(JsonElement entry, Transform3 place)
    {
        if (entry.TryGetProperty("geomPart"u8, out JsonElement part))
            return DescribePart(part);
        foreach (string kind in (string[])["textString", "image", "brep"])
        {
            if (entry.TryGetProperty(kind, out JsonElement value))
                return DescribePrimitive(kind, value, kind == "textString" ? TextFirst : []);
        }

        if (GeometryItems.Read(entry, place) is not { } item)
            return null;
        return options.Verbosity switch
        {
            SummaryOptions.Detailed => $"{item.Kind}: {item.Describe()}",
            SummaryOptions.Full => item.ToJson(),
            _ => item.Kind,
        };
    }

    private string DescribePrimitive(string kind, JsonElement value, string[] first)
    {
        if (options.Verbosity <= SummaryOptions.Basic)
            return kind;
        string json = Squish(Compact.Write(value, first));
        return options.Verbosity <= SummaryOptions.Detailed ? $"{kind}: {json}" : $"{kind}:\n{json}";
    }

    private static string DescribePart(JsonElement part)
    {
        string text = $"part id: {part.GetProperty("part"u8).GetString()}";
        double? scale = ItemJson.Number(part, "scale");
        if (Vector3.Read(part, "origin") is null && !part.TryGetProperty("rotation"u8, out _) && scale is null)
            return text;
        Vector3 origin = Vector3.Read(part, "origin") ?? default;
        Transform3 place = part.TryGetProperty("rotation"u8, out JsonElement rotation) ? Transform3.FromAngles(rotation, origin) : Transform3.Identity with { Origin = origin };
        if (scale is { } factor and not 0)
            place = place.Times(new Transform3(new(factor, 0, 0), new(0, factor, 0), new(0, 0, factor), default));
        return $"{text} transform: {place.ToJson()}";
    }

    private string Squish(string json) => options.Verbosity == SummaryOptions.Full ? json : Whitespace().Replace(json, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
