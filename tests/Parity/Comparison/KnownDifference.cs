using System.Text.Json;

namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>A step that is known to differ.</summary>
/// <param name="Step">The file of steps and the step's id, <c>file:id</c>.</param>
/// <param name="Cause">Why it differs.</param>
public sealed record KnownDifference(string Step, string Cause)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The list in differences.json.</summary>
    public static IReadOnlyList<KnownDifference> Read(string path) =>
        JsonSerializer.Deserialize<KnownDifference[]>(File.ReadAllText(path), Options)!;
}
