using ITwinOrleans.Parity.Tests.Comparison;
using ITwinOrleans.Parity.Tests.List;
using Xunit.Abstractions;

namespace ITwinOrleans.Parity.Tests;

/// <summary>The list gives the same by the engine as by Node.</summary>
public sealed class ParityTests(BothSides sides, ITestOutputHelper output) : IClassFixture<BothSides>
{
    private static readonly IReadOnlyList<KnownDifference> Known =
        [.. KnownDifference.Read(Path.Combine(ParityList.Folder, "differences.json"))
            .Where(known => ParityList.Selected.Any(file => known.Step.StartsWith($"{file.Name}:", StringComparison.Ordinal)))];

    [NeedsNodeFact]
    public void Every_step_gives_the_same_as_Node_except_the_known_differences()
    {
        StepComparison[] differing = [.. sides.Steps.Where(step => step.Differences.Count > 0)];
        StepComparison[] unknown = [.. differing.ExceptBy(Known.Select(known => known.Step), step => step.Name)];
        output.WriteLine($"{sides.Steps.Count} steps, {sides.Steps.Count - differing.Length} the same, {differing.Length - unknown.Length} known differences, {unknown.Length} unknown");
        foreach (IGrouping<string, StepComparison> file in sides.Steps.GroupBy(step => step.File))
            output.WriteLine($"{file.Key}: {file.Count()} steps, {file.Count(step => step.Differences.Count == 0)} the same");
        Assert.True(unknown.Length == 0, string.Join(Environment.NewLine, unknown.Select(Describe)));
    }

    [NeedsNodeFact]
    public void Every_known_difference_still_differs_and_has_a_cause()
    {
        Assert.All(Known, known =>
        {
            Assert.NotEmpty(known.Cause);
            Assert.Contains(sides.Steps, step => step.Name == known.Step && step.Differences.Count > 0);
        });
    }

    [NeedsNodeFact]
    public void Objects_of_the_list_are_all_released() => Assert.Equal(0, sides.LeakedHandles);

    [Fact]
    public void The_list_has_at_least_300_steps_over_the_three_iModels()
    {
        Assert.True(ParityList.Files.Sum(file => file.Steps.Count) >= 300);
        string[] texts = [.. ParityList.Files.SelectMany(file => file.Steps).Select(step => step.Json.ToJsonString())];
        Assert.All(new[] { "test.bim", "rich.bim", "edit.bim" }, name => Assert.Contains(texts, text => text.Contains(name)));
    }

    private static string Describe(StepComparison step) =>
        $"{step.Name}: {string.Join("; ", step.Differences.Take(3))}{(step.Differences.Count > 3 ? $"; {step.Differences.Count - 3} more" : "")}";
}
