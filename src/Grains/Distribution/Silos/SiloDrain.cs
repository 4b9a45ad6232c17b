using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>
/// Hands a silo's iModels over before it goes down, while it still serves those whose turn is yet to come. The silo to be makes the file of one that is edited before the old one
/// closes it: each is away for as long as it takes to close and to open.
/// </summary>
/// <remarks>Orleans alone deactivates an owner only when nobody waits for its feed any more, and calls would wait for that.</remarks>
internal sealed partial class SiloDrain(
    IGrainFactory grains, ISiloStatusOracle silos, IModelOwners owners, LoadTable loads, IHostApplicationLifetime lifetime, IOptions<BalanceOptions> options,
    TimeProvider time, ILogger<SiloDrain> logger) : IHostedLifecycleService
{
    private const int AtOnce = 4;

    /// <summary>The part of the time that files are made in: it only saves time, and the closing needs some.</summary>
    private const double AheadShare = 1.0 / 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // From now on the others know that nothing is to be put here.
        lifetime.StopApplication();
        var started = time.GetTimestamp();
        IModelStatus[] iModels = [.. owners.Statuses.Values.OrderBy(status => status.CallsInFlight)];
        using var ahead = new CancellationTokenSource(options.Value.DrainTime * AheadShare, time);
        using var limit = new CancellationTokenSource(options.Value.DrainTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                iModels, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (iModel, token) => await HandOverAsync(iModel, ahead.Token, token).ConfigureAwait(false)).ConfigureAwait(false);
            while (Left() > 0)
                await Task.Delay(Look, time, either.Token).ConfigureAwait(false);
            Log.Drained(logger, iModels.Length, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            Log.NotDrained(logger, Left(), options.Value.DrainTime);
        }

        int Left() => iModels.Count(iModel => owners.Find(iModel.Key) is not null);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task HandOverAsync(IModelStatus iModel, CancellationToken ahead, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IIModelGrain>(iModel.Key);
        var target = ChooseSilo(iModel.Key);
        if (target is not null && iModel.Writable is not null)
            await PrepareAheadAsync(iModel.Key, target, ahead).ConfigureAwait(false);
        try
        {
            await (target is null ? grain.DrainAsync().AsTask() : grain.MoveAsync(target, evenBusy: true).AsTask()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Unreachable.Is(exception))
        {
            // It went by itself.
        }
    }

    private string? ChooseSilo(string key)
    {
        if (SiloChooser.Choose(key, loads.LookAtOthers(silos)) is not { } target)
            return null;
        loads.Place(target);
        return target;
    }

    // Without it the opening takes longer, that is all.
    private async Task PrepareAheadAsync(string key, string silo, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<ISiloGrain>(silo).PrepareAheadAsync(key, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DurabilityException or IOException or OperationCanceledException || Unreachable.Is(exception))
        {
            Log.NotPrepared(logger, key, silo, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2451, Level = LogLevel.Information, Message = "{Count} iModels were handed over in {Time}.")]
        public static partial void Drained(ILogger logger, int count, TimeSpan time);

        [LoggerMessage(EventId = 2453, Level = LogLevel.Debug, Message = "The file of {Key} was not made at {Silo} before it went there.")]
        public static partial void NotPrepared(ILogger logger, string key, string silo, Exception exception);

        [LoggerMessage(EventId = 2452, Level = LogLevel.Warning, Message = "{Count} iModels were not handed over within {Time}; they are closed.")]
        public static partial void NotDrained(ILogger logger, int count, TimeSpan time);
    }
}
