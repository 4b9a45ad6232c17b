using ITwinOrleans.Api.Http;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Api.Live.Rest;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Live.Contract;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Live;

/// <summary>The hub's route and what it needs.</summary>
public static class LiveEndpoints
{
    /// <summary>The hub's path.</summary>
    internal const string Path = "/live";

    /// <summary>Maps the hub. Pages of other sites may connect where CORS lets them call: a browser asks nobody before it opens a WebSocket.</summary>
    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        HubEndpointConventionBuilder hub = endpoints.MapHub<LiveHub>(Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = true;
            options.AllowStatefulReconnects = true;
        });
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured)
            hub.RequireAuthorization();
        return endpoints;
    }

    /// <summary>Checks the origin of requests to the hub, and answers the preflights of its negotiation.</summary>
    internal static void UseLiveOrigins(this WebApplication app)
    {
        CorsHeaders cors = app.Services.GetRequiredService<CorsHeaders>();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal), branch => branch.Use(async (context, next) =>
        {
            if (!cors.AllowsOrigin(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            cors.Apply(context);
            if (HttpMethods.IsOptions(context.Request.Method))
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await next(context).ConfigureAwait(false);
        }));
    }

    /// <summary>Registers the hub.</summary>
    internal static void AddITwinLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveHubOptions>().Bind(configuration.GetSection(LiveHubOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSignalR()
            .AddHubOptions<LiveHub>(options => options.AddFilter<LiveHubFilter>())
            .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, LiveHubJson.Default));
        services.AddOptions<HubOptions<LiveHub>>().Configure<IOptions<LiveHubOptions>>((hub, live) =>
        {
            hub.MaximumReceiveMessageSize = live.Value.MaxMessageBytes;
            hub.MaximumParallelInvocationsPerClient = live.Value.CallsPerConnection;
        });
        services.AddSingleton<LiveHubFilter>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(provider => provider.GetRequiredService<LiveConnections>());
        services.AddSingleton<LiveCaller>();
        services.AddSingleton<LiveRelays>();
        services.AddSingleton<LiveServices>();
        services.AddSingleton<LiveRest>();
        services.Configure<RouteOptions>(options => options.ConstraintMap[LivePathConstraint.Name] = typeof(LivePathConstraint));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, LiveJson.Default));
    }
}
