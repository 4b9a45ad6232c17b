using ITwinOrleans.Api.Http;

namespace ITwinOrleans.Api.Tiles;

/// <summary>The route of tiles: <c>GET /tiles/{iModelId}/tiles/{treeId}/{guid}/{contentId}</c>, whose last part may contain slashes.</summary>
public static class TileEndpoints
{
    /// <summary>The base of all tiles' paths.</summary>
    internal const string BasePath = "/tiles";

    /// <summary>Maps it.</summary>
    public static IEndpointRouteBuilder MapTiles(this IEndpointRouteBuilder endpoints)
    {
        TileHandler handler = endpoints.ServiceProvider.GetRequiredService<TileHandler>();
        CorsHeaders cors = endpoints.ServiceProvider.GetRequiredService<CorsHeaders>();
        endpoints.MapGet(BasePath + "/{iModelId}/tiles/{treeId}/{guid}/{**contentId}", (HttpContext context) =>
        {
            cors.Apply(context);
            return handler.HandleAsync(context, Value(context, "iModelId"), Value(context, "treeId"), Value(context, "guid"), Value(context, "contentId"));
        }).ExcludeFromDescription();
        return endpoints;
    }

    private static string Value(HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";
}
