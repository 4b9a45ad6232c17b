using Microsoft.AspNetCore.Http.Features;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// Matches paths with a segment <c>imodel</c>, which is what marks a GET as RPC. The server's own paths are not RPC, unless they are a
/// whole RPC path (<c>/mode/1/context/</c>) whose prefix happens to be one of theirs.
/// </summary>
internal sealed class RpcPathConstraint : IRouteConstraint
{
    /// <summary>The constraint's name in route templates.</summary>
    public const string Name = "rpc";

    private static readonly string[] OwnPrefixes = ["/api/", "/tiles/", "/health/", "/openapi/"];

    /// <inheritdoc/>
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        string? target = httpContext?.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is null || !RpcRequestPath.NamesAnIModel(target))
            return false;
        return target.Contains("/mode/1/context/", StringComparison.Ordinal)
            || !OwnPrefixes.Any(prefix => target.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
