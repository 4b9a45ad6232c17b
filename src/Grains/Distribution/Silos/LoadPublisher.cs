using ITwinOrleans.Grains.Balance;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Tells the other silos the load of this one: now and then, and when it starts to go down.</summary>
internal sealed partial class LoadPublisher(
    IGrainFactory grains, ISiloStatusOracle silos, SiloMeter meter, LoadTable table, IHostApplicationLifetime lifetime, IOptions<BalanceOptions> options,
    TimeProvider time, ILogger<LoadPublisher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Hosted services start in the order in which they were added, and the silo is not the first.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var leaving = lifetime.ApplicationStopping.Register(Publish);
        using var timer = new PeriodicTimer(options.Value.LoadInterval, time);
        try
        {
            do
            {
                Publish();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private void Publish()
    {
        try
        {
            var load = meter.Measure();
            table.Set(load);
            foreach (var silo in silos.GetActiveSilos().Where(s => !s.Equals(silos.SiloAddress)))
            {
                // One way: a silo that hangs holds nobody up, and one that missed a load gets the next one.
                _ = grains.GetGrain<ISiloGrain>(silo.ToParsableString()).ReportLoadAsync(load);
            }
        }
        catch (Exception exception) when (exception is OrleansException or InvalidOperationException or ObjectDisposedException)
        {
            Log.NotPublished(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2431, Level = LogLevel.Debug, Message = "The load was not told to the other silos.")]
        public static partial void NotPublished(ILogger logger, Exception exception);
    }
}
