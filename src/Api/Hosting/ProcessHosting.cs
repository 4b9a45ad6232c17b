using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Clustering;
using ITwinOrleans.Grains.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ITwinOrleans.Api.Hosting;

/// <summary>What stands behind the edge in its process: a silo, or only calls to the silos of a cluster.</summary>
public static class ProcessHosting
{
    /// <summary>
    /// As the section <c>Cluster</c> says: in mode <c>Local</c> (the default) edge and silo are one process, with no external service; otherwise the Api is a client of
    /// the cluster, with a silo of its own only where <c>Cluster:HostSilo</c> asks for one. <c>Data</c> is the folder of iModels.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="applicationInterfaces">RPC interfaces of the application beside <see cref="RpcInterfaceTypes.BuiltIn"/>, which silos and workers must have, too.</param>
    public static WebApplicationBuilder AddITwinProcess(this WebApplicationBuilder builder, params IEnumerable<Type> applicationInterfaces)
    {
        builder.AddITwinTelemetry("itwin-api")?
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource("Microsoft.AspNetCore.SignalR.Server"))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Microsoft.AspNetCore.Http.Connections"));
        (ClusterSettings cluster, _) = ClusterProviders.Read(builder.Configuration);
        if (cluster.IsLocal || cluster.HostSilo)
            builder.AddITwinClusterSilo();
        else
            builder.AddITwinClusterClient();
        builder.Services.AddOptions<CatalogOptions>().Configure<IOptions<LimitOptions>>((catalog, limits) => catalog.MaxUploadBytes = limits.Value.UploadBytes);
        builder.Services.AddSingleton<IRpcInterfaceCatalog>(new RpcInterfaceTypes([.. RpcInterfaceTypes.BuiltIn, .. applicationInterfaces]));
        builder.Services.AddSingleton<IRpcRouter, GrainRouter>();
        builder.Services.AddSingleton<ILiveIModels, ClusterLiveIModels>();
        builder.Services.AddSingleton<ITileSource, CatalogTileSource>();
        builder.Services.AddSingleton<IIModelStore, CatalogStore>();
        return builder;
    }
}
