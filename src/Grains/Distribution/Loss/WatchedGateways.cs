using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>The list of gateways that Orleans' client reads now and then, watched for silos that are gone; and told of connections that broke.</summary>
/// <remarks>It has to be the client's own reading: a call that is repeated before the client knows of the loss goes to the lost silo again, and is lost for good.</remarks>
internal sealed partial class WatchedGateways(IGatewayListProvider inner, SiloLosses losses, ILogger<WatchedGateways> logger)
    : IGatewayListProvider, IClusterConnectionStatusObserver
{
    private HashSet<Uri> _known = [];

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => inner.MaxStaleness;

    /// <inheritdoc/>
    [Obsolete("Orleans no longer asks.")]
    public bool IsUpdatable => inner.IsUpdatable;

    /// <summary>Puts it in the place of the provider that was registered last.</summary>
    public static void Decorate(IServiceCollection services)
    {
        var provider = services.Last(s => s.ServiceType == typeof(IGatewayListProvider));
        services.Remove(provider);
        services.AddSingleton(sp => ActivatorUtilities.CreateInstance<WatchedGateways>(sp, Create(sp, provider)));
        services.AddSingleton<IGatewayListProvider>(sp => sp.GetRequiredService<WatchedGateways>());
        services.AddSingleton<IClusterConnectionStatusObserver>(sp => sp.GetRequiredService<WatchedGateways>());
    }

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => inner.InitializeGatewayListProvider();

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways()
    {
        var gateways = await inner.GetGateways().ConfigureAwait(false);
        var now = gateways.ToHashSet();
        var before = Interlocked.Exchange(ref _known, now);
        foreach (var gone in before.Where(silo => !now.Contains(silo)))
        {
            Log.Lost(logger, gone);
            losses.LostSoon();
        }

        return gateways;
    }

    /// <inheritdoc/>
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways)
            losses.LostSoon();
    }

    /// <inheritdoc/>
    public void NotifyClusterConnectionLost() => losses.LostSoon();

    private static IGatewayListProvider Create(IServiceProvider services, ServiceDescriptor provider) =>
        (IGatewayListProvider)(provider.ImplementationInstance
            ?? provider.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, provider.ImplementationType!));

    private static partial class Log
    {
        [LoggerMessage(EventId = 2411, Level = LogLevel.Warning, Message = "The silo {Silo} is gone.")]
        public static partial void Lost(ILogger logger, Uri silo);
    }
}
