using ITwinOrleans.Grains.Clustering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Finds out which silos an Api has lost: from the list of gateways now and then, and at once when a connection broke.</summary>
internal sealed partial class GatewayWatch(
    IGatewayListProvider gateways, SiloLosses losses, ClusterSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<GatewayWatch> logger)
    : BackgroundService, IClusterConnectionStatusObserver
{
    // After a connection broke, the silo is declared dead by the others some moments later.
    private static readonly TimeSpan CloseLook = TimeSpan.FromMilliseconds(200);
    private const int CloseLooks = 25;

    private readonly SemaphoreSlim _alarm = new(0);
    private HashSet<string> _known = [];
    private int _closeLooksLeft;

    /// <inheritdoc/>
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways)
            Alarm();
    }

    /// <inheritdoc/>
    public void NotifyClusterConnectionLost() => Alarm();

    /// <summary>A call could not reach its silo: look closely for a while.</summary>
    public void Alarm()
    {
        Volatile.Write(ref _closeLooksLeft, CloseLooks);
        if (_alarm.CurrentCount == 0)
            _alarm.Release();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The list is there when the client has connected.
            using (var connected = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken))
                await Task.Delay(Timeout.InfiniteTimeSpan, time, connected.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync().ConfigureAwait(false);
                await PauseAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var now = (await gateways.GetGateways().ConfigureAwait(false)).Select(uri => uri.ToString()).ToHashSet();
            foreach (var gone in _known.Where(silo => !now.Contains(silo)))
            {
                Log.Lost(logger, gone);
                losses.Lost(gone);
            }

            _known = now;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The list cannot be read: nobody is lost because of that, and calls go on with the silos that are known.
            Log.NoList(logger, exception.Message);
        }
    }

    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        var pause = settings.GatewayRefresh;
        if (Volatile.Read(ref _closeLooksLeft) > 0)
        {
            Interlocked.Decrement(ref _closeLooksLeft);
            await Task.Delay(CloseLook < pause ? CloseLook : pause, time, stoppingToken).ConfigureAwait(false);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_alarm.WaitAsync(over.Token), Task.Delay(pause, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        stoppingToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2411, Level = LogLevel.Warning, Message = "The silo {Silo} is gone.")]
        public static partial void Lost(ILogger logger, string silo);

        [LoggerMessage(EventId = 2412, Level = LogLevel.Warning, Message = "The list of silos cannot be read: {Reason}")]
        public static partial void NoList(ILogger logger, string reason);
    }
}
