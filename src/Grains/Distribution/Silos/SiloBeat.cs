using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Touches <see cref="ClusterSettings.AliveFile"/> as long as the silo can own iModels.</summary>
internal sealed partial class SiloBeat(
    ClusterSettings settings, ISiloStatusOracle silos, IWorkerPool pool, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiloBeat> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <remarks>A silo that was killed left its file: without this, the one that starts in its place would count as alive before it has reached its database.</remarks>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (settings.AliveFile.Length > 0)
            Remove();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.AliveFile.Length == 0)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                if (silos.CurrentStatus == SiloStatus.Active && pool.Workers.All(worker => worker.State != WorkerState.Stopped))
                    Touch();
            }
            while (await timer.WaitForNextTickAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Remove();
        }
    }

    private void Touch()
    {
        try
        {
            File.WriteAllText(settings.AliveFile, time.GetUtcNow().ToString("O"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotTouched(logger, settings.AliveFile, exception);
        }
    }

    private void Remove()
    {
        try
        {
            File.Delete(settings.AliveFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotTouched(logger, settings.AliveFile, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2461, Level = LogLevel.Warning, Message = "{File} cannot be written: who looks at it takes this silo for dead.")]
        public static partial void NotTouched(ILogger logger, string file, Exception exception);
    }
}
