using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Moves open iModels between silos as <see cref="MoveChooser"/> says: in the oldest silo only, one at a time.</summary>
internal sealed partial class Balancer(
    IGrainFactory grains, ISiloStatusOracle silos, SiloList list, ILiveFiles files, IOptions<BalanceOptions> options, TimeProvider time, ILogger<Balancer> logger)
    : BackgroundService
{
    private readonly MoveChooser _chooser = new(options, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (IsOldest())
                    await BalanceAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    // The generation of an address is the time at which its silo started.
    private bool IsOldest() => silos.CurrentStatus == SiloStatus.Active && silos.GetActiveSilos() is { Length: > 1 } active
        && silos.SiloAddress.Equals(active.OrderBy(s => s.Generation).ThenBy(s => s.ToParsableString(), StringComparer.Ordinal).First());

    private async Task BalanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reports = await list.AskAsync(static (silo, token) => silo.GetReportAsync(token), cancellationToken).ConfigureAwait(false);
            if (_chooser.Choose([.. reports.Select(r => new SiloIModels(r.Load, r.IModels))]) is not { } move)
                return;
            if (!await TryPrepareAsync(move, cancellationToken).ConfigureAwait(false)
                || !await grains.GetGrain<IIModelGrain>(move.Key).MoveAsync(move.To, move.EvenBusy).ConfigureAwait(false))
            {
                _chooser.Forget(move);
                return;
            }

            OwnerTelemetry.Moved();
            Log.Moved(logger, move.Key, move.From, move.To);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: silos that are not balanced now are no reason for this one to end.
            Log.NotMoved(logger, exception);
        }
    }

    // Most of an opening is done where the iModel is to go before it is closed where it is. And what is open goes on while the journal's database is gone; once
    // closed it could not be opened anywhere.
    private async Task<bool> TryPrepareAsync(Move move, CancellationToken cancellationToken)
    {
        try
        {
            await files.IsElsewhereAsync(move.Key, cancellationToken).ConfigureAwait(false);
            await grains.GetGrain<ISiloGrain>(move.To).PrepareAheadAsync(move.Key, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is DurabilityException or IOException || Unreachable.Is(exception))
        {
            Log.NotMoved(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2441, Level = LogLevel.Information, Message = "{Key} moves from {From} to {To}.")]
        public static partial void Moved(ILogger logger, string key, string from, string to);

        [LoggerMessage(EventId = 2442, Level = LogLevel.Debug, Message = "The balance was not looked at.")]
        public static partial void NotMoved(ILogger logger, Exception exception);
    }
}
