namespace ITwinOrleans.Parity.Tests.Comparison;

/// <summary>A step run by both sides.</summary>
/// <param name="File">The name of the file of steps.</param>
/// <param name="Id">The step's id.</param>
/// <param name="Differences">Where the results differ; empty when they are the same.</param>
public sealed record StepComparison(string File, string Id, IReadOnlyList<string> Differences)
{
    /// <summary>As differences.json names it.</summary>
    public string Name => $"{File}:{Id}";
}
