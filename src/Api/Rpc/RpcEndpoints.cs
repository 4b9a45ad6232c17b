using ITwinOrleans.Api.Http;
using ITwinOrleans.Api.Security;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Rpc;

/// <summary>The RPC routes: one for every path, because the frontend chooses the prefix and only the path's end says what is asked.</summary>
public static class RpcEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Maps RPC: GET and POST of paths with an <c>imodel</c> segment before all else, every other POST after all else, and preflights.</summary>
    public static IEndpointRouteBuilder MapRpc(this IEndpointRouteBuilder endpoints)
    {
        RpcHandler handler = endpoints.ServiceProvider.GetRequiredService<RpcHandler>();
        CorsHeaders cors = endpoints.ServiceProvider.GetRequiredService<CorsHeaders>();
        bool authenticated = endpoints.ServiceProvider.GetRequiredService<IOptions<AuthenticationSettings>>().Value.IsConfigured;
        RequestDelegate invoke = context =>
        {
            cors.Apply(context);
            return handler.HandleAsync(context);
        };

        IEndpointConventionBuilder named = endpoints.MapMethods($"/{{**path:{RpcPathConstraint.Name}}}", Verbs, invoke).WithOrder(-1);
        IEndpointConventionBuilder any = endpoints.MapPost("/{**path}", invoke).WithOrder(1000);
        endpoints.MapMethods("/{**path}", [HttpMethods.Options], context =>
        {
            cors.Apply(context);
            context.Response.Headers[RpcProtocol.ProtocolVersion] = RpcProtocol.ServerVersion;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }).WithOrder(1000).ExcludeFromDescription().AllowAnonymous();
        foreach (IEndpointConventionBuilder builder in (IEndpointConventionBuilder[])[named, any])
        {
            builder.ExcludeFromDescription();
            if (authenticated)
                builder.RequireAuthorization();
        }

        return endpoints;
    }
}
