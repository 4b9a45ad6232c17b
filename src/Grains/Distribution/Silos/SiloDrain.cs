using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Hands a silo's iModels over before it goes down, while it still serves those whose turn is yet to come: each is away for as long as it takes to open.</summary>
/// <remarks>Orleans alone deactivates an owner only when nobody waits for its feed any more, and calls would wait for that.</remarks>
internal sealed partial class SiloDrain(
    IGrainFactory grains, ISiloStatusOracle silos, IModelOwners owners, IHostApplicationLifetime lifetime, IOptions<BalanceOptions> options, TimeProvider time,
    ILogger<SiloDrain> logger) : IHostedLifecycleService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // From now on the others know that nothing is to be put here.
        lifetime.StopApplication();
        var started = time.GetTimestamp();
        var toOther = silos.GetActiveSilos().Any(silo => !silo.Equals(silos.SiloAddress));
        var keys = owners.Statuses.Values.OrderBy(status => status.CallsInFlight).Select(status => status.Key).ToArray();
        using var limit = new CancellationTokenSource(options.Value.DrainTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (key, token) => await DrainAsync(key, toOther, token).ConfigureAwait(false)).ConfigureAwait(false);
            while (keys.Any(key => owners.Find(key) is not null))
                await Task.Delay(Look, time, either.Token).ConfigureAwait(false);
            Log.Drained(logger, keys.Length, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            Log.NotDrained(logger, keys.Count(key => owners.Find(key) is not null), options.Value.DrainTime);
        }
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

    private async Task DrainAsync(string key, bool toOther, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IIModelGrain>(key).DrainAsync(toOther).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Unreachable.Is(exception))
        {
            // It went by itself.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2451, Level = LogLevel.Information, Message = "{Count} iModels were handed over in {Time}.")]
        public static partial void Drained(ILogger logger, int count, TimeSpan time);

        [LoggerMessage(EventId = 2452, Level = LogLevel.Warning, Message = "{Count} iModels were not handed over within {Time}; they are closed.")]
        public static partial void NotDrained(ILogger logger, int count, TimeSpan time);
    }
}
