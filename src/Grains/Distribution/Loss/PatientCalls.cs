using ITwinOrleans.Grains.Clustering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Repeats calls whose silo is lost, moving or not there yet, as long as <see cref="ClusterSettings.Patience"/> lasts.</summary>
internal sealed partial class PatientCalls(
    SiloLosses losses, ClusterSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PatientCalls> logger)
{
    /// <summary>How long a call that may not run twice still waits for its answer after a silo was lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The patience of a process that is told to end: enough to find what has moved, not to wait for a cluster that ends, too.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20), LongestDelay = TimeSpan.FromMilliseconds(500);

    private TimeSpan Patience => lifetime.ApplicationStopping.IsCancellationRequested && LastPatience < settings.Patience ? LastPatience : settings.Patience;

    /// <summary>Runs a call until it succeeds, fails by itself, or the patience is over.</summary>
    /// <param name="what">What it is about, for the log: an iModel's key.</param>
    /// <param name="isRepeatable">Whether it may run twice. One that may not is repeated only when it surely did not run.</param>
    /// <param name="attempt">One attempt.</param>
    /// <param name="abandon">Takes what an attempt brings that nobody waits for any more.</param>
    /// <param name="cancellationToken">The caller is gone: it is not kept waiting for a silo that does not answer.</param>
    /// <exception cref="OutcomeUnknownException">It may have run, and may not be repeated.</exception>
    /// <exception cref="UnreachableException">It did not run, and the patience is over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<T> RunAsync<T>(
        string what, bool isRepeatable, Func<CancellationToken, ValueTask<T>> attempt, Action<T> abandon, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var delay = FirstDelay;
        await WhenConnectedAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            Exception failure;
            try
            {
                return await AttemptAsync(isRepeatable, attempt, abandon, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (Unreachable.Is(exception))
            {
                failure = exception;
            }

            if (!isRepeatable && Unreachable.MayHaveRun(failure))
                throw new OutcomeUnknownException(failure);
            if (time.GetElapsedTime(started) + delay >= Patience)
                throw new UnreachableException(failure);
            Log.Repeating(logger, what, failure.GetType().Name, failure.Message);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    // Before the process has connected to its first silo, Orleans knows no grains at all.
    private async ValueTask WhenConnectedAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested)
            return;
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(connected.SetResult);
        try
        {
            await connected.Task.WaitAsync(settings.Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new UnreachableException(exception);
        }
    }

    private async Task<T> AttemptAsync<T>(
        bool isRepeatable, Func<CancellationToken, ValueTask<T>> attempt, Action<T> abandon, CancellationToken cancellationToken)
    {
        var lost = losses.Next;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = attempt(giveUp.Token).AsTask();
        await ((Task)Task.WhenAny(call, lost)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Perhaps it went through other silos than the lost one: what may not run twice gets time to say so.
        if (!isRepeatable && !call.IsCompleted && !cancellationToken.IsCancellationRequested)
            await ((Task)call).WaitAsync(Grace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompleted)
            return await call.ConfigureAwait(false);
        await giveUp.CancelAsync().ConfigureAwait(false);
        _ = AbandonAsync(call, abandon);
        cancellationToken.ThrowIfCancellationRequested();
        throw new SiloLostException();
    }

    // What is left of an attempt that nobody waits for: its silo may answer yet, or never.
    private static async Task AbandonAsync<T>(Task<T> call, Action<T> abandon)
    {
        await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (call.IsCompletedSuccessfully)
            abandon(call.Result);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2421, Level = LogLevel.Debug, Message = "A call of {What} is repeated: {Failure}: {Reason}")]
        public static partial void Repeating(ILogger logger, string what, string failure, string reason);
    }
}
