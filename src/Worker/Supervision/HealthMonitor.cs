using System.Globalization;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>Watches one generation: does its protocol loop answer, does its engine take turns, is its memory within the ceiling.</summary>
/// <remarks>
/// Counts its own ticks instead of reading a clock: time in which this process itself did not run is not held against the worker.
/// Any byte received is a sign of life, so that a large answer on its way does not look like silence.
/// </remarks>
internal sealed class HealthMonitor(CallingConnection connection, ChildProcess process, WorkerOptions options, TimeProvider time)
{
    private long _received;
    private ulong _engine;
    private int _silent;
    private int _busy;

    /// <summary>Watches until something is wrong.</summary>
    /// <returns>What is wrong; null when the token was cancelled first.</returns>
    public async Task<WorkerLoss?> RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.HealthInterval, time);
        try
        {
            do
            {
                if (Check() is { } loss)
                    return loss;
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The generation ended in another way.
        }
        return null;
    }

    private WorkerLoss? Check()
    {
        var resident = process.ResidentBytes;
        if (resident > options.MemoryCeilingBytes)
        {
            return new WorkerLoss(WorkerLossReason.MemoryExceeded,
                string.Create(CultureInfo.InvariantCulture, $"it used {resident} bytes of memory; {options.MemoryCeilingBytes} are allowed."));
        }
        var pings = connection.Pings;
        var received = connection.Received;
        var lives = pings.Loop == pings.Sent || received != _received || connection.IsPaused;
        _received = received;
        _silent = lives ? 0 : _silent + 1;
        if (IsOver(_silent, options.HangLimit))
            return Hung("it did not answer within", options.HangLimit);
        if (IsOver(_silent, options.StoppedLimit) && process.IsStopped)
            return Hung("it is stopped and did not answer within", options.StoppedLimit);

        var turns = pings.Engine == pings.Sent || pings.Engine != _engine || connection.IsPaused;
        _engine = pings.Engine;
        _busy = turns ? 0 : _busy + 1;
        if (IsOver(_busy, options.EngineHangLimit))
            return Hung("its engine took no turn within", options.EngineHangLimit);

        if (pings.Loop == pings.Sent)
            connection.Ping();
        return null;
    }

    private bool IsOver(int ticks, TimeSpan limit) => ticks > 0 && ticks * options.HealthInterval >= limit;

    private static WorkerLoss Hung(string what, TimeSpan limit) => new(WorkerLossReason.Hung,
        string.Create(CultureInfo.InvariantCulture, $"{what} {limit.TotalSeconds} s."));
}
