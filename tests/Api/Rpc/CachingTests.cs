using System.Text;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>Who may keep which answer.</summary>
public sealed class CachingTests : IAsyncLifetime
{
    private const string Token = """{"key":"test.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";
    private ApiServer _server = null!;

    public async Task InitializeAsync() => _server = await ApiServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("IModelReadRpcInterface-3.8.0-getDefaultViewId", "s-maxage=86400, max-age=172800, immutable")]
    [InlineData("IModelReadRpcInterface-3.8.0-getConnectionProps", "s-maxage=86400, max-age=1, immutable")]
    [InlineData("IModelTileRpcInterface-3.2.0-generateTileContent", "no-store")]
    [InlineData("IModelReadRpcInterface-3.8.0-readFontJson", "no-store")]
    public async Task Get_fixedVersion_mayBeKeptAsTheOperationSays(string operation, string expected) =>
        Assert.Equal(expected, (await SendAsync(Get(operation))).Header("Cache-Control"));

    [Theory]
    [InlineData("IModelReadRpcInterface-3.8.0-getDefaultViewId")]
    [InlineData("IModelReadRpcInterface-3.8.0-getConnectionProps")]
    public async Task Get_liveIModel_isNotKept(string operation)
    {
        _server.Router.Freshness = RpcFreshness.Live;

        RawResponse response = await SendAsync(Get(operation));

        Assert.Equal(("no-store", null), (response.Header("Cache-Control"), response.Header("ETag")));
    }

    [Fact]
    public async Task Post_fixedVersion_isNotKept() =>
        Assert.Equal("no-store", (await SendAsync(RawRequest.Post(Path("IModelReadRpcInterface-3.8.0-getDefaultViewId"), $"[{Token}]"))).Header("Cache-Control"));

    [Fact]
    public async Task Get_error_isNotKept() =>
        Assert.Equal("no-store", (await SendAsync(Get("IModelReadRpcInterface-3.8.0-getClassHierarchy", "\"Nobody:Class\""))).Header("Cache-Control"));

    [Fact]
    public async Task Get_iModelNotOpen_isNotKept()
    {
        RawResponse response = await SendAsync(RawRequest.Get(Path("IModelReadRpcInterface-3.8.0-getDefaultViewId") + "?parameters=" + Base64("""[{"key":"closed"}]""")));

        Assert.Equal((404, "no-store"), (response.Status, response.Header("Cache-Control")));
    }

    [Fact]
    public async Task Get_theAnswerThatTheClientHas_is304WithoutBody()
    {
        RawResponse first = await SendAsync(Get("IModelReadRpcInterface-3.8.0-getConnectionProps"));

        RawResponse again = await SendAsync(Get("IModelReadRpcInterface-3.8.0-getConnectionProps").With("If-None-Match", first.Header("ETag")!));
        RawResponse other = await SendAsync(Get("IModelReadRpcInterface-3.8.0-getConnectionProps").With("If-None-Match", "W/\"other\""));

        Assert.Equal((304, 0), (again.Status, again.Body.Length));
        Assert.Equal(first.Header("Cache-Control"), again.Header("Cache-Control"));
        Assert.Equal(first.Body, other.Body);
    }

    private static RawRequest Get(string operation, string? second = null) =>
        RawRequest.Get(Path(operation) + "?parameters=" + Base64(second is null ? $"[{Token}]" : $"[{Token},{second}]"));

    private static string Path(string operation) => "/t/v/mode/1/context/i/imodel/m/changeset/0/" + operation;

    private static string Base64(string json) => Uri.EscapeDataString(Convert.ToBase64String(Encoding.Latin1.GetBytes(json)));

    private Task<RawResponse> SendAsync(RawRequest request) => RawHttp.SendAsync(_server.Port, request);
}
