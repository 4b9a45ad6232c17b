using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Closes the silo's idle iModels now and then.</summary>
public sealed class IdleCloser(IModelOwners owners, IOptions<OwnerOptions> options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.Value.IdleTime.Ticks / 4, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await owners.CloseIdleAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
