using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Api.Cluster;
using ITwinOrleans.Api.Health;
using ITwinOrleans.Api.Http;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Live;
using ITwinOrleans.Api.Live.Rest;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Api.Tiles;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api;

/// <summary>What the edge needs; the router, the RPC interfaces and the catalogue of iModels are registered by who hosts them.</summary>
public static class ITwinApiServices
{
    /// <summary>Registers the edge.</summary>
    public static WebApplicationBuilder AddITwinApi(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddRequestDecompression();

        // For pages and REST. RPC and tiles compress themselves, from the memory where the answer lies.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "text/css", "text/javascript", "application/json", "application/problem+json", "application/wasm", "image/svg+xml"];
        });
        services.AddITwinRpc(builder.Configuration);
        services.AddITwinTiles(builder.Configuration);
        services.AddITwinCatalog();
        services.AddITwinLive(builder.Configuration);
        services.AddITwinLimits(builder.Configuration);
        services.AddITwinSecurity(builder.Configuration);
        return builder;
    }

    private static void AddITwinRpc(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RpcOptions>().Bind(configuration.GetSection(RpcOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CorsOptions>().Bind(configuration.GetSection(CorsOptions.Section)).ValidateOnStart();
        services.Configure<RouteOptions>(options => options.ConstraintMap[RpcPathConstraint.Name] = typeof(RpcPathConstraint));
        services.AddSingleton<CorsHeaders>();
        services.AddSingleton<RpcDispatcher>();
        services.AddSingleton<RpcHandler>();
    }

    private static void AddITwinTiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TileOptions>().Bind(configuration.GetSection(TileOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TileStore>();
        services.AddHostedService(provider => provider.GetRequiredService<TileStore>());
        services.AddSingleton<TileTicket>();
        services.AddSingleton<TileGenerator>();
        services.AddSingleton<TileHandler>();
        services.AddSingleton<IRpcEdgeOperation, TileCacheConfigOperation>();
    }

    private static void AddITwinCatalog(this IServiceCollection services)
    {
        services.AddSingleton<UploadProgress>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJsonContext.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ClusterJsonContext.Default);
        });
        services.AddOpenApi(options => options.AddDocumentTransformer<LivePathsTransformer>());
        services.AddHealthChecks()
            .AddCheck<StartedCheck>("started", tags: [HealthEndpoints.Startup, HealthEndpoints.Ready])
            .AddCheck<CatalogCheck>("catalogue", tags: [HealthEndpoints.Ready]);
    }

    private static void AddITwinLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection(LimitOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AdmissionControl>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) => limits.Value.ApplyTo(kestrel));
    }

    private static void AddITwinSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthenticationSettings>().Bind(configuration.GetSection(AuthenticationSettings.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthenticationSettings>, AuthenticationSettingsValidator>();
        services.AddSingleton<IAccessResolver, AccessResolver>();
        services.AddSingleton<BindingGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<BindingGuard>());
        services.AddITwinAuthentication(configuration);
    }
}
