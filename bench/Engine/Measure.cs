namespace ITwinOrleans.Engine.Bench;

/// <summary>One figure of one run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much; less is better.</param>
/// <param name="Unit">In what.</param>
internal sealed record Measure(string Name, double Value, string Unit);
