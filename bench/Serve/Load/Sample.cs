namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>One figure of one round.</summary>
/// <param name="PerSecond">Units of work per second.</param>
/// <param name="P50">The median of their times, in milliseconds.</param>
/// <param name="P99">The time that 99% of them stay below, in milliseconds.</param>
/// <param name="Count">How many there were.</param>
/// <param name="ClientMicroseconds">The client's own processor time for each, in microseconds.</param>
internal sealed record Sample(double PerSecond, double P50, double P99, int Count, double ClientMicroseconds)
{
    /// <summary>Makes it of single times.</summary>
    public static Sample Of(IEnumerable<double> milliseconds, TimeSpan elapsed, TimeSpan client)
    {
        double[] times = [.. milliseconds.Order()];
        return times.Length == 0
            ? throw new InvalidOperationException("Nothing was answered in time.")
            : new Sample(times.Length / elapsed.TotalSeconds, Rank(times, 0.5), Rank(times, 0.99), times.Length, client.TotalMicroseconds / times.Length);
    }

    /// <summary>The medians of the rounds, each figure for itself.</summary>
    public static Sample Median(IReadOnlyCollection<Sample> rounds) => new(
        Middle(rounds.Select(round => round.PerSecond)), Middle(rounds.Select(round => round.P50)), Middle(rounds.Select(round => round.P99)),
        (int)Middle(rounds.Select(round => (double)round.Count)), Middle(rounds.Select(round => round.ClientMicroseconds)));

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Rank(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
