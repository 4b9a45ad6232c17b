using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Distribution.Files;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Distribution.Payloads;
using ITwinOrleans.Grains.Distribution.Silos;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Replicas;
using ITwinOrleans.Grains.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Registers a process of a cluster: one that owns iModels, or one that calls those that do.</summary>
public static class ClusterServices
{
    /// <summary>A silo, as the section <c>Cluster</c> of the configuration says; alone in mode <c>Local</c>.</summary>
    /// <exception cref="OptionsValidationException">The settings cannot work; the message says which and why.</exception>
    public static IHostApplicationBuilder AddITwinClusterSilo(this IHostApplicationBuilder host)
    {
        var (settings, provider) = ClusterProviders.Read(host.Configuration);
        host.Services.Configure<DurabilityOptions>(durability => provider.ConfigureDurability(durability, settings));
        host.Services.BindITwinSettings(host.Configuration);
        host.Services.AddSingleton(new OwnerIdentity($"{settings.SiloName}#{Guid.NewGuid():N}", settings.Address, Environment.ProcessId));
        host.Services.AddSilo();
        if (settings.IsLocal)
        {
            host.Services.AddSingleton<IIModelCluster, OrleansCluster>();
            host.Services.AddSingleton<IOwnerStatuses, LocalStatuses>();
            host.Services.AddSingleton<IClusterView, LocalView>();
        }
        else
        {
            host.Services.AddRemoteCalls(settings);
            host.Services.AddHostedService<SiloWorkers>();
            host.Services.AddHostedService<LoadPublisher>();
            host.Services.AddHostedService<Balancer>();
            host.Services.AddHostedService<SiloDrain>();
            host.Services.AddHostedService<SiloBeat>();
        }

        return host.UseOrleans(silo =>
        {
            silo.UseCluster(settings, provider).ConfigureITwinGrains();
            if (TelemetryServices.IsOn(host.Configuration))
                silo.AddActivityPropagation();
        });
    }

    /// <summary>A process without a silo: catalogue and routing over the silos of the cluster.</summary>
    /// <exception cref="OptionsValidationException">The settings cannot work; the message says which and why.</exception>
    public static IHostApplicationBuilder AddITwinClusterClient(this IHostApplicationBuilder host)
    {
        var (settings, provider) = ClusterProviders.Read(host.Configuration);
        if (settings.IsLocal)
            throw new OptionsValidationException(ClusterSettings.Section, typeof(ClusterSettings), ["Cluster:Mode is Local: there are no silos to be called."]);
        host.Services.BindITwinSettings(host.Configuration);
        host.Services.AddOwnerOptions();
        host.Services.AddCatalog();
        host.Services.TryAddSingleton<IFileDescriber, RemoteFileDescriber>();
        host.Services.TryAddSingleton<IEditedFiles, RemoteEditedFiles>();
        host.Services.AddRouting();
        host.Services.AddRemoteCalls(settings);
        host.UseOrleansClient(client =>
        {
            client.UseCluster(settings, provider);
            WatchedGateways.Decorate(client.Services);
            if (TelemetryServices.IsOn(host.Configuration))
                client.AddActivityPropagation();
        });

        // The process answers (that it is not ready) also while there is no silo to connect to.
        host.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        return host;
    }

    /// <summary>Calls that leave the process: repeated where a silo is lost, large replies fetched in pieces.</summary>
    private static void AddRemoteCalls(this IServiceCollection services, ClusterSettings settings)
    {
        services.AddSingleton(settings);
        services.AddPayloads();
        services.AddSingleton<SiloLosses>();
        services.AddSingleton<PatientCalls>();
        services.AddSingleton<ReplyFetcher>();
        services.AddSingleton<OrleansCluster>();
        services.AddSingleton<ReplicaRoutes>();
        services.AddSingleton<ReplicaCluster>();
        services.AddSingleton<IIModelCluster>(provider => ActivatorUtilities.CreateInstance<PatientCluster>(provider, provider.GetRequiredService<ReplicaCluster>()));
        services.AddSingleton<SiloList>();
        services.AddSingleton<IOwnerStatuses, ClusterStatuses>();
        services.AddSingleton<IClusterView, ClusterView>();
    }

    internal static IServiceCollection AddPayloads(this IServiceCollection services)
    {
        services.AddOptions<PayloadOptions>().BindConfiguration(PayloadOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PayloadOptions>, PayloadOptionsValidator>());
        return services;
    }
}
