using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Payloads;
using ITwinOrleans.Grains.Distribution.Silos;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>How a silo is set up for the grains of this assembly.</summary>
public static class SiloConfiguration
{
    /// <summary>What every silo needs, whatever its clustering.</summary>
    public static ISiloBuilder ConfigureITwinGrains(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<SiloMessagingOptions>().Configure<IOptions<OwnerOptions>>((messaging, owner) =>
        {
            // The owner bounds every call. Orleans giving up earlier would leave a reply without a receiver.
            messaging.ResponseTimeout = messaging.SystemResponseTimeout + owner.Value.CallTimeout;
            messaging.WaitForCancellationAcknowledgement = true;
        });
        silo.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<OwnerOptions>>((collection, owner) =>
        {
            // The owner closes its iModel itself; the activation goes some time later.
            var age = owner.Value.IdleTime * 2;
            collection.CollectionAge = age > collection.CollectionQuantum * 2 ? age : collection.CollectionQuantum * 2;
        });
        silo.Services.AddPayloads();
        silo.Services.AddSingleton<ReplyOutbox>();
        silo.Services.AddSingleton<ReplySender>();
        silo.Services.AddOptions<BalanceOptions>().BindConfiguration(BalanceOptions.Section).ValidateOnStart();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BalanceOptions>, BalanceOptionsValidator>());
        silo.Services.AddSingleton<LoadTable>();
        silo.Services.AddSingleton<OwnedIModels>();
        silo.Services.AddSingleton(new MachineMemory());
        silo.Services.AddSingleton<SiloMeter>();
        silo.Services.AddPlacementDirector<ByLoadPlacement, ByLoadDirector>();
        silo.Services.AddPlacementDirector<OnSiloPlacement, OnSiloDirector>();
        silo.Services.CarryExceptions();
        return silo;
    }

    /// <summary>One silo alone, on 127.0.0.1, with no external service.</summary>
    public static ISiloBuilder UseLoopbackCluster(this ISiloBuilder silo, LoopbackSiloOptions options) => silo.UseLocalhostClustering(
        FreePort.Resolve(options.SiloPort), options.GatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId);
}
