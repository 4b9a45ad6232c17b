using ITwinOrleans.Backend;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Distribution.Silos;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Grains.Telemetry;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Registers the catalogue, the owners, their workers and the silo.</summary>
public static class GrainsServices
{
    /// <summary>Everything that a single process needs: one silo on 127.0.0.1, in this host.</summary>
    /// <remarks>Settings are the options classes <see cref="CatalogOptions"/>, <see cref="OwnerOptions"/>, <see cref="WorkerOptions"/> and
    /// <see cref="BackendOptions"/>; wrong ones stop the start.</remarks>
    public static IHostApplicationBuilder AddITwinGrains(this IHostApplicationBuilder host, LoopbackSiloOptions? silo = null)
    {
        var loopback = silo ?? new LoopbackSiloOptions();
        if (new LoopbackSiloOptionsValidator().Validate(null, loopback) is { Failed: true } faults)
            throw new OptionsValidationException(nameof(LoopbackSiloOptions), typeof(LoopbackSiloOptions), faults.Failures);
        host.Services.AddSilo();
        host.Services.AddSingleton<IIModelCluster, OrleansCluster>();
        host.Services.AddSingleton<IOwnerStatuses, LocalStatuses>();
        host.Services.AddSingleton<IClusterView, LocalView>();
        return host.UseOrleans(builder => builder.UseLoopbackCluster(loopback).ConfigureITwinGrains());
    }

    /// <summary>What every silo has beside Orleans: catalogue, workers, owners, and the ways to them.</summary>
    internal static IServiceCollection AddSilo(this IServiceCollection services)
    {
        services.AddCatalog();
        services.TryAddSingleton<IFileDescriber, WorkerFileDescriber>();
        services.TryAddSingleton<IEditedFiles, EditedFiles>();
        services.AddWorkers();
        services.AddOwners();
        return services.AddRouting();
    }

    /// <summary>The catalogue of the folder of iModels. Each process of a cluster has one, over the same folder.</summary>
    internal static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CatalogOptions>, CatalogOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IModelCatalog>();
        services.AddSingleton<IModelUploads>();
        services.AddSingleton<VersionFiles>();
        return services.AddHostedService<CatalogWatcher>();
    }

    /// <summary>The way from a call to the owner of its iModel, and the list of iModels.</summary>
    internal static IServiceCollection AddRouting(this IServiceCollection services)
    {
        services.TryAddSingleton<IRpcInterfaceCatalog>(_ => new RpcInterfaceTypes(RpcInterfaceTypes.BuiltIn));
        services.TryAddSingleton<IOperationSafety, DescribedSafety>();
        services.AddSingleton<RpcGateway>();
        return services.AddSingleton<IModelDirectory>();
    }

    /// <summary>What bounds the owners; an Api of a cluster knows it too, since it waits longer than the longest call.</summary>
    internal static IServiceCollection AddOwnerOptions(this IServiceCollection services)
    {
        services.AddOptions<OwnerOptions>().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<OwnerOptions>, OwnerOptionsValidator>();
    }

    private static void AddWorkers(this IServiceCollection services)
    {
        services.AddOptions<WorkerOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        services.AddOptions<BackendOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackendOptions>, BackendOptionsValidator>();
        services.TryAddSingleton<IWorkerPool>(provider => WorkerPoolFactory.Create(
            provider.GetRequiredService<IOptions<WorkerOptions>>(), provider.GetRequiredService<IOptions<BackendOptions>>(),
            provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddOwners(this IServiceCollection services)
    {
        services.AddOwnerOptions();
        services.AddLive();
        services.AddSingleton<OpenIModelLimit>();
        services.AddSingleton<IModelOwners>();
        services.AddSingleton<ServerCalls>();
        services.AddHostedService<OwnerGauges>();
        services.AddHostedService<IdleCloser>();
    }

    private static void AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddITwinDurability();
        services.TryAddSingleton(new OwnerIdentity(Guid.NewGuid().ToString("N"), "", Environment.ProcessId));
        services.AddSingleton(provider => new LiveContext(
            provider.GetRequiredService<IOptions<LiveOptions>>().Value, provider.GetRequiredService<IOwnershipStore>(), provider.GetRequiredService<ILiveFiles>(),
            provider.GetRequiredService<ICommitJournals>(), provider.GetRequiredService<IVersionStore>(), provider.GetRequiredService<OwnerIdentity>()));
    }
}
