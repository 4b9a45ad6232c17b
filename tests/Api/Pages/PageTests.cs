using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;
using Microsoft.AspNetCore.Hosting;

namespace ITwinOrleans.Api.Tests.Pages;

/// <summary>The web client's files, and its page for what is nothing else's.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private readonly string _webRoot = Directory.CreateTempSubdirectory("itwin-web-").FullName;
    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_webRoot, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_webRoot, "index.html"), "<html>page</html>");
        await File.WriteAllTextAsync(Path.Combine(_webRoot, "assets", "a-1234.js"), "script");
        _server = await ApiServer.StartAsync(("webroot", _webRoot));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_webRoot, recursive: true);
    }

    [Theory]
    [InlineData("/", 200, "<html>page</html>", "no-cache")]
    [InlineData("/index.html", 200, "<html>page</html>", "no-cache")]
    [InlineData("/view/plants/a", 404, null, null)]
    [InlineData("/assets/a-1234.js", 200, "script", "public, max-age=31536000, immutable")]
    [InlineData("/assets/missing.js", 404, null, null)]
    public async Task Get_page_isServed(string target, int status, string? body, string? caching)
    {
        RawResponse response = await RawHttp.SendAsync(_server.Port, RawRequest.Get(target) with { Headers = [] });

        Assert.Equal((status, caching), (response.Status, response.Header("Cache-Control")));
        if (body is not null)
            Assert.Equal(body, response.Text);
    }

    [Theory]
    [InlineData("/t/v/mode/1/context/i/imodel/m/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId", 500)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/tiles/x/tiles/t/g/c", 404)]
    [InlineData("/health/live", 200)]
    public async Task Get_somethingElse_isNotThePage(string target, int status)
    {
        RawResponse response = await RawHttp.SendAsync(_server.Port, RawRequest.Get(target));

        Assert.Equal(status, response.Status);
        Assert.DoesNotContain("page", response.Text, StringComparison.Ordinal);
    }
}
