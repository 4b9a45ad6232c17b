using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Api.Tests.Http;

public sealed class CorsTests
{
    private const string Path = "/t/v/mode/1/context//imodel/undefined/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId";

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1:43843", true)]
    [InlineData("https://[::1]:3000", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Origin_withoutAuthentication_mustBeOfThisMachine(string origin, bool allowed)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        RawResponse response = await RawHttp.SendAsync(server.Port, RawRequest.Post(Path, "[{}]").With("Origin", origin));

        Assert.Equal(allowed ? origin : null, response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", response.Header("Vary"));
    }

    [Theory]
    [InlineData("*", "https://any.example", "*")]
    [InlineData("https://viewer.example", "https://viewer.example", "https://viewer.example")]
    [InlineData("https://viewer.example", "https://other.example", null)]
    public async Task Origin_configured_decides(string configured, string origin, string? expected)
    {
        await using ApiServer server = await ApiServer.StartAsync(("Cors:AllowedOrigins:0", configured));

        RawResponse response = await RawHttp.SendAsync(server.Port, RawRequest.Post(Path, "[{}]").With("Origin", origin));

        Assert.Equal(expected, response.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task NotFound_crossOrigin_exposesWhatTheFrontendReads()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        RawResponse response = await RawHttp.SendAsync(server.Port, RawRequest.Post(Path, "[{}]").With("Origin", "http://localhost:3000"));

        Assert.Equal(404, response.Status);
        string[] exposed = response.Header("Access-Control-Expose-Headers")!.Split(", ");
        Assert.Contains("X-Protocol-Version", exposed);
        Assert.Contains("Retry-After", exposed);
    }

    [PeerFact]
    public async Task Preflight_headers_areThoseOfThePeer()
    {
        await using ApiServer server = await ApiServer.StartAsync(("Cors:AllowedOrigins:0", "*"));
        await using RunningServer peer = await PeerProgram.StartAsync([]);
        var preflight = new RawRequest("OPTIONS", Path)
        {
            Headers = [("Origin", "http://a.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,x-correlation-id")],
        };

        RawResponse ours = await RawHttp.SendAsync(server.Port, preflight);
        RawResponse theirs = await RawHttp.SendAsync(peer.Port, preflight);

        Assert.Equal(theirs.Status, ours.Status);
        foreach (string header in (string[])["Access-Control-Allow-Origin", "Access-Control-Allow-Methods"])
            Assert.Equal(theirs.Header(header), ours.Header(header));
        Assert.Empty(theirs.Header("Access-Control-Allow-Headers")!.Split(", ").Except(ours.Header("Access-Control-Allow-Headers")!.Split(", ")));
    }

    [Fact]
    public async Task Preflight_forACsrfHeader_allowsIt()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        RawResponse response = await RawHttp.SendAsync(server.Port, new RawRequest("OPTIONS", Path)
        {
            Headers = [("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-csrf-token,bad name")],
        });

        Assert.Contains("x-csrf-token", response.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.DoesNotContain("bad name", response.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("7200", response.Header("Access-Control-Max-Age"));
    }
}
