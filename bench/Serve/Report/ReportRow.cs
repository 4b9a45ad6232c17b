namespace ITwinOrleans.Serve.Bench.Report;

/// <summary>A line of the table.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The peer's.</param>
/// <param name="Ratio">One by the other.</param>
/// <param name="Goal">What is asked of the ratio or of our figure; empty where nothing is.</param>
/// <param name="IsMet">Whether it is so; null where nothing is asked.</param>
/// <param name="Rounds">The number of rounds that the figures are medians of.</param>
internal sealed record ReportRow(string Measure, string Ours, string Peer, string Ratio, string Goal, bool? IsMet, int Rounds);
