using ITwinOrleans.Serve.Bench.Load;
using static System.FormattableString;

namespace ITwinOrleans.Serve.Bench.Report;

/// <summary>Collects the rounds of both sides and writes the table of their medians.</summary>
internal sealed class ReportTable
{
    private readonly List<ReportRow> _rows = [];

    /// <summary>A rate, and its times; at 64 connections also the longest of them, for which there is a goal of its own.</summary>
    /// <param name="measure">What, how coded, how many at once.</param>
    /// <param name="ours">Our rounds.</param>
    /// <param name="peer">The peer's.</param>
    /// <param name="unit">For example <c>requests/s</c>.</param>
    /// <param name="goal">The least ratio ours by peer's; 0 where none is asked.</param>
    /// <param name="longestGoal">The largest ratio of the 99th percentiles, ours by peer's; 0 where none is asked.</param>
    public void AddRate(string measure, IReadOnlyCollection<Sample> ours, IReadOnlyCollection<Sample> peer, string unit, double goal, double longestGoal)
    {
        Sample our = Sample.Median(ours), other = Sample.Median(peer);
        double ratio = our.PerSecond / other.PerSecond, longest = our.P99 / other.P99;
        _rows.Add(new ReportRow($"{measure}, {unit} (p50 / p99 ms)", Text(our), Text(other), Invariant($"{ratio:0.00}"), goal > 0 ? Invariant($">= {goal:0.0}") : "", goal > 0 ? ratio >= goal : null, ours.Count));
        if (longestGoal > 0)
            _rows.Add(new ReportRow($"{measure}, p99 ms", Invariant($"{our.P99:0.0}"), Invariant($"{other.P99:0.0}"), Invariant($"{longest:0.00}"), Invariant($"<= {longestGoal:0.0}"), longest <= longestGoal, ours.Count));
    }

    /// <summary>Anything else.</summary>
    public void Add(ReportRow row) => _rows.Add(row);

    public void Write(TextWriter writer)
    {
        writer.WriteLine("| measure | ours | peer | ours / peer | goal | | rounds |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (ReportRow row in _rows)
            writer.WriteLine($"| {row.Measure} | {row.Ours} | {row.Peer} | {row.Ratio} | {row.Goal} | {(row.IsMet is { } met ? met ? "met" : "MISSED" : "")} | {row.Rounds} |");
        int goals = _rows.Count(row => row.IsMet is not null);
        writer.WriteLine();
        writer.WriteLine($"{_rows.Count(row => row.IsMet == true)} of {goals} goals met.");
    }

    private static string Text(Sample sample) => sample.PerSecond < 100
        ? Invariant($"{sample.PerSecond:0.0} ({sample.P50:0.00} / {sample.P99:0.0})")
        : Invariant($"{sample.PerSecond:0} ({sample.P50:0.00} / {sample.P99:0.0})");
}
