using ITwinOrleans.Backend;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.Local;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
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
        host.Services.AddCatalog();
        host.Services.AddWorkers();
        host.Services.AddOwners();
        host.Services.AddRouting();
        return host.UseOrleans(builder => builder.UseLoopbackCluster(loopback).ConfigureITwinGrains());
    }

    private static void AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CatalogOptions>, CatalogOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFileDescriber, WorkerFileDescriber>();
        services.AddSingleton<IModelCatalog>();
        services.AddSingleton<IModelUploads>();
        services.AddHostedService<CatalogWatcher>();
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
        services.AddOptions<OwnerOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<OwnerOptions>, OwnerOptionsValidator>();
        services.TryAddSingleton<IRpcInterfaceCatalog>(_ => new RpcInterfaceTypes(RpcInterfaceTypes.BuiltIn));
        services.TryAddSingleton<IOperationSafety, DescribedSafety>();
        services.AddOptions<LiveOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddLocalDurability();
        services.AddSingleton(provider => new LiveContext(
            provider.GetRequiredService<IOptions<LiveOptions>>().Value, provider.GetRequiredService<IOwnershipStore>(), provider.GetRequiredService<ILiveFiles>(),
            provider.GetRequiredService<ICommitJournals>(), provider.GetRequiredService<OwnerIdentity>()));
        services.AddSingleton<OpenIModelLimit>();
        services.AddSingleton<IModelOwners>();
        services.AddSingleton<ServerCalls>();
        services.AddHostedService<IdleCloser>();
    }

    // Where nothing else was registered: the files of this machine are all there is.
    private static void AddLocalDurability(this IServiceCollection services)
    {
        services.TryAddSingleton(new OwnerIdentity(Guid.NewGuid().ToString("N"), "", Environment.ProcessId));
        services.TryAddSingleton<LocalOwnershipStore>();
        services.TryAddSingleton<IOwnershipStore>(provider => provider.GetRequiredService<LocalOwnershipStore>());
        services.TryAddSingleton<ILiveFiles, LocalLiveFiles>();
        services.TryAddSingleton<ICommitJournals, LocalJournals>();
    }

    private static void AddRouting(this IServiceCollection services)
    {
        services.AddSingleton<IIModelCluster, OrleansCluster>();
        services.AddSingleton<RpcGateway>();
        services.AddSingleton<IModelDirectory>();
    }
}
