namespace ITwinOrleans.Api.Catalog;

/// <summary>
/// Refuses changes that a page of another site makes the browser send. Without authentication the browser itself is all that an attacker needs;
/// scripts send neither header.
/// </summary>
internal sealed class SameSiteFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        bool changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return changes && IsOfAnotherSite(request)
            ? ValueTask.FromResult<object?>(TypedResults.Problem("Changes are refused to pages of other sites.", statusCode: StatusCodes.Status403Forbidden))
            : next(context);
    }

    private static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}";
    }
}
