using System.Reflection;
using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Backend;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Hosting;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Hosting;

/// <summary>Edge and silo in one process: the laptop's way, with no external service.</summary>
public static class LocalHosting
{
    /// <summary>Registers the silo and what the edge needs of it. <c>Data</c> is the folder of iModels.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="applicationInterfaces">Assemblies with RPC interfaces of the application, which the workers must have, too.</param>
    public static WebApplicationBuilder AddITwinSilo(this WebApplicationBuilder builder, params IEnumerable<Assembly> applicationInterfaces)
    {
        builder.AddITwinGrains();
        IConfiguration configuration = builder.Configuration;
        builder.Services.Configure<CatalogOptions>(configuration.GetSection("Catalog"));
        builder.Services.Configure<CatalogOptions>(options => options.DataFolder = configuration["data"] ?? options.DataFolder);
        builder.Services.AddOptions<CatalogOptions>().Configure<IOptions<LimitOptions>>((catalog, limits) => catalog.MaxUploadBytes = limits.Value.UploadBytes);
        builder.Services.Configure<OwnerOptions>(configuration.GetSection("Owners"));
        builder.Services.Configure<LiveOptions>(configuration.GetSection("Live"));
        builder.Services.Configure<WorkerOptions>(configuration.GetSection("Workers"));

        // What a query may take, whatever the client asks for: MaxQueryRows, MaxQueryTime, MaxQueryMemory, MaxQueryLength, MaxIds.
        builder.Services.AddOptions<BackendOptions>().Bind(configuration.GetSection("Backend"));
        builder.Services.AddSingleton<IRpcInterfaceCatalog>(new RpcInterfaceTypes(applicationInterfaces));
        builder.Services.AddSingleton<IRpcRouter, GrainRouter>();
        builder.Services.AddSingleton<ILiveIModels, ClusterLiveIModels>();
        builder.Services.AddSingleton<ITileSource, CatalogTileSource>();
        builder.Services.AddSingleton<IIModelStore, CatalogStore>();
        return builder;
    }
}
