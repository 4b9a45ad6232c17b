using System.Text.Json;

namespace ITwinOrleans.Backend.Geometry.Summary;

/// <summary>How much a summary says (core-common <c>GeometrySummaryOptions</c>).</summary>
/// <param name="Verbosity">10 for kinds, 20 for details, 30 for all of the geometry.</param>
/// <param name="IncludePlacement">Whether ranges and transforms of elements are shown.</param>
/// <param name="PartReferences"><c>2d</c> or <c>3d</c> to show who uses a part; null not to.</param>
/// <param name="VerboseSymbology">Whether changes of the appearance are shown.</param>
internal sealed record SummaryOptions(double Verbosity, bool IncludePlacement, string? PartReferences, bool VerboseSymbology)
{
    public const double Basic = 10, Detailed = 20, Full = 30;

    /// <summary>Reads the options of a request.</summary>
    public static SummaryOptions Read(JsonElement request)
    {
        JsonElement options = request.TryGetProperty("options"u8, out JsonElement given) && given.ValueKind == JsonValueKind.Object ? given : Json.JsonText.EmptyObject;
        return new SummaryOptions(
            ItemJson.Number(options, "geometryVerbosity") ?? Basic,
            ItemJson.IsTrue(options, "includePlacement"),
            options.TryGetProperty("includePartReferences"u8, out JsonElement parts) ? parts.ToString() : null,
            ItemJson.IsTrue(options, "verboseSymbology"));
    }
}
