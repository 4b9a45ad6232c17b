using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Pages;

/// <summary>The web client at <c>/</c>: its files, and its page for every path that is nothing else's.</summary>
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

    /// <summary>Maps the page for what is left of GET, except names of files.</summary>
    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder endpoints)
    {
        string? webRoot = endpoints.ServiceProvider.GetRequiredService<IWebHostEnvironment>().WebRootPath;
        if (webRoot is not null && File.Exists(Path.Combine(webRoot, "index.html")))
            endpoints.MapFallbackToFile("index.html", new StaticFileOptions { OnPrepareResponse = prepared => prepared.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache" });
        else
            endpoints.MapGet("/", () => Results.Content(Banner, "text/html")).ExcludeFromDescription().AllowAnonymous();
        return endpoints;
    }
}
