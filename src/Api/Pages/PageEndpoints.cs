using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Pages;

/// <summary>The web client at <c>/</c>. Its own routes are in the URL's fragment, so every other path stays what it is, or 404.</summary>
public static class PageEndpoints
{
    private const string Banner = "<!doctype html><title>iTwin RPC server</title><h1>iTwin RPC server</h1><p>The web client was not built into this server.</p>";

    /// <summary>Serves the files. Those with a hash in their names (below <c>assets</c>) never change.</summary>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".mjs"] = "text/javascript";
        types.Mappings[".wasm"] = "application/wasm";
        types.Mappings[".bimx"] = "application/octet-stream";
        types.Mappings[".itwinmap"] = "application/octet-stream";
        return app.UseDefaultFiles().UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = prepared => prepared.Context.Response.Headers[HeaderNames.CacheControl] =
                prepared.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>Maps what <c>/</c> says where the web client was not built.</summary>
    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder endpoints)
    {
        string? webRoot = endpoints.ServiceProvider.GetRequiredService<IWebHostEnvironment>().WebRootPath;
        if (webRoot is null || !File.Exists(Path.Combine(webRoot, "index.html")))
            endpoints.MapGet("/", () => Results.Content(Banner, "text/html")).ExcludeFromDescription().AllowAnonymous();
        return endpoints;
    }
}
