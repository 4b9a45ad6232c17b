using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>Serves a web bundle, and forwards everything else to a backend: the page and the backend then share one origin.</summary>
public sealed class FrontendServer : IAsyncDisposable
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private static readonly string[] HopByHop = ["Connection", "Keep-Alive", "Transfer-Encoding", "Host", "Upgrade"];

    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri? _backend;
    private readonly bool _asksForOlderInterface;

    private FrontendServer(WebApplication app, Uri? backend, bool asksForOlderInterface) =>
        (_app, _backend, _asksForOlderInterface) = (app, backend, asksForOlderInterface);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Starts it on a free port of loopback.</summary>
    /// <param name="dist">The bundle's folder.</param>
    /// <param name="backend">What answers everything that is no file of the bundle; null to answer it with 404.</param>
    /// <param name="asksForOlderInterface">
    /// Whether to ask for version 3.7.0 of IModelReadRpcInterface where a frontend asks for 3.8.0: the two have the same operations, and
    /// the peer's release knows only the older one.
    /// </param>
    public static async Task<FrontendServer> StartAsync(string dist, Uri? backend, bool asksForOlderInterface = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = 16 * 1024);
        WebApplication app = builder.Build();
        var files = new PhysicalFileProvider(dist);
        var types = new FileExtensionContentTypeProvider { Mappings = { [".cur"] = "image/x-icon" } };
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
        var server = new FrontendServer(app, backend, asksForOlderInterface);
        app.Run(server.ForwardAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>While true, requests that would be forwarded are cut off, as by a server that is not there.</summary>
    public bool IsAway { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (IsAway)
        {
            context.Abort();
            return;
        }

        if (_backend is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The raw target: RPC paths contain empty segments, which no URL clean-up may touch.
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (_asksForOlderInterface)
            target = target.Replace("IModelReadRpcInterface-3.8.0-", "IModelReadRpcInterface-3.7.0-", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_backend.GetLeftPart(UriPartial.Authority) + target, AsItIs));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(header => !HopByHop.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
