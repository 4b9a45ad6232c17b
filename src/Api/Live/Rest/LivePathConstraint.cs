namespace ITwinOrleans.Api.Live.Rest;

/// <summary>Matches the paths of one kind of resource: <c>live(feed)</c>, or with a number and a file <c>live(versions/file)</c>.</summary>
internal sealed class LivePathConstraint(string resource) : IRouteConstraint
{
    /// <summary>The constraint's name in route templates.</summary>
    public const string Name = "live";

    /// <inheritdoc/>
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        LivePath.Parse(values[routeKey] as string) is { } path && resource == (path.Index is null ? path.Resource : path.Resource + "/file");
}
