namespace ITwinOrleans.Worker.Supervision;

/// <summary>How long to wait before the next start: not at all after a single loss, then doubling, with jitter so that many workers do not start at once.</summary>
internal sealed class RestartBackoff(WorkerOptions options, Random random)
{
    private int _losses;

    /// <param name="uptime">How long the lost process was ready; zero when it never was.</param>
    public TimeSpan Next(TimeSpan uptime)
    {
        if (uptime > TimeSpan.Zero && uptime >= options.StableAfter)
            _losses = 0;
        _losses = Math.Min(_losses + 1, 32);
        if (_losses == 1)
            return TimeSpan.Zero;
        var delay = Math.Min(options.RestartDelay.TotalSeconds * Math.Pow(2, _losses - 2), options.MaxRestartDelay.TotalSeconds);
        return TimeSpan.FromSeconds(delay * (0.75 + (0.25 * random.NextDouble())));
    }
}
