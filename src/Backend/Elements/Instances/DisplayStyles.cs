using System.Text.Json.Nodes;

namespace ITwinOrleans.Backend.Elements.Instances;

/// <summary>Display styles as frontends ask for them (core-backend <c>DisplayStyle.deserialize</c>).</summary>
internal static class DisplayStyles
{
    /// <summary>The class.</summary>
    public const string ClassFullName = "BisCore:DisplayStyle";

    // A stored style has been accepted with as many; there is no telling it to be shorter now.
    private const int MaxExcludedElements = 100_000_000;

    /// <summary>The style's json properties as the options want them; the same text when they want nothing.</summary>
    public static string Apply(EntityRow row, string jsonProperties)
    {
        bool keepCompressed = IsTrue(row, "compressExcludedElementIds"), omitIds = IsTrue(row, "omitScheduleScriptElementIds");
        bool mayBeCompressed = !keepCompressed && jsonProperties.Contains("excludedElements", StringComparison.Ordinal);
        bool mayHaveScript = omitIds && jsonProperties.Contains("scheduleScript", StringComparison.Ordinal);
        if ((!mayBeCompressed && !mayHaveScript) || JsonNode.Parse(jsonProperties)?["styles"] is not JsonObject styles)
            return jsonProperties;
        if (!keepCompressed && styles["excludedElements"] is JsonValue value && value.TryGetValue(out string? compressed) && compressed.StartsWith('+'))
            styles["excludedElements"] = new JsonArray([.. CompressedId64Set.Decompress(compressed, MaxExcludedElements).Select(static id => (JsonNode)id)]);
        if (omitIds)
            Scripts.RemoveElementIds(styles["scheduleScript"]);
        return styles.Root.ToJsonString();
    }

    private static bool IsTrue(EntityRow row, string option) => row.Option("displayStyle", option).ValueKind == System.Text.Json.JsonValueKind.True;
}
