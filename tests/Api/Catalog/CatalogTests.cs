using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Catalog;

/// <summary>REST for people and scripts.</summary>
public sealed class CatalogTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private ApiServer _server = null!;

    public async Task InitializeAsync() => _server = await ApiServer.StartAsync(("Limits:Uploads", "1"), ("Limits:UploadBytes", "100000"));

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Upload_thenListDescribeDownload_givesWhatWasSent()
    {
        byte[] file = MemoryStore.AnIModel(50_000);

        RawResponse created = await SendAsync(Put("plants/a b.bim", file));
        RawResponse list = await SendAsync(Get("/api/imodels"));
        RawResponse described = await SendAsync(Get(created.Header("Location")!));
        RawResponse whole = await SendAsync(Get("/api/files/plants/a%20b.bim"));
        RawResponse part = await SendAsync(Get("/api/files/plants/a%20b.bim").With("Range", "bytes=100-199"));

        Assert.Equal((201, "/api/imodels/plants/a%20b.bim"), (created.Status, created.Header("Location")));
        JsonElement listed = Assert.Single(JsonDocument.Parse(list.Body).RootElement.EnumerateArray());
        Assert.Equal(("plants/a b.bim", 50_000, "closed"), (listed.GetProperty("key").GetString(), listed.GetProperty("sizeBytes").GetInt32(), listed.GetProperty("state").GetString()));
        Assert.Equal(described.Text, listed.GetRawText());
        Assert.Equal(file, whole.Body);
        Assert.Equal((206, "bytes 100-199/50000"), (part.Status, part.Header("Content-Range")));
        Assert.Equal(file[100..200], part.Body);
        Assert.Equal("application/octet-stream", whole.Header("Content-Type"));
    }

    [Fact]
    public async Task Sessions_ofAnIModel_areListed()
    {
        await SendAsync(Put("a.bim", MemoryStore.AnIModel(100)));

        RawResponse response = await SendAsync(Get("/api/sessions/a.bim"));

        Assert.Equal("s1", JsonDocument.Parse(response.Body).RootElement[0].GetProperty("sessionId").GetString());
    }

    [Theory]
    [InlineData("a.bim", 409)]
    [InlineData("a.bim?replace=true", 201)]
    [InlineData("..%2f..%2fescape.bim", 400)]
    [InlineData("no-extension", 400)]
    [InlineData(".hidden.bim", 400)]
    public async Task Upload_again_isRefusedUnlessAskedFor(string target, int status)
    {
        Assert.Equal(201, (await SendAsync(Put("a.bim", MemoryStore.AnIModel(100)))).Status);

        RawResponse response = await SendAsync(Put(target, MemoryStore.AnIModel(100)));

        Assert.True(status == response.Status, response.Text);
        Assert.Equal(status >= 400 ? "application/problem+json" : "application/json; charset=utf-8", response.Header("Content-Type"));
    }

    [Theory]
    [InlineData(100_000, 201)]
    [InlineData(100_001, 413)]
    public async Task Upload_overTheBound_isRefused(int length, int status) => Assert.Equal(status, (await SendAsync(Put("a.bim", MemoryStore.AnIModel(length)))).Status);

    [Fact]
    public async Task Upload_ofNoIModel_isRefusedAndNotListed()
    {
        Assert.Equal(422, (await SendAsync(Put("a.bim", Encoding.ASCII.GetBytes("no iModel")))).Status);
        Assert.Equal("[]", (await SendAsync(Get("/api/imodels"))).Text);
    }

    [Fact]
    public async Task Upload_running_showsItsProgressAndIsBounded()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Store.Gate = () =>
        {
            reached.TrySetResult();
            return release.Task;
        };
        byte[] file = MemoryStore.AnIModel(50_000);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server.Port));
        await socket.SendAsync(Encoding.ASCII.GetBytes("PUT /api/files/a.bim HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n"));
        await socket.SendAsync(file.AsMemory(0, 1000));
        await reached.Task.WaitAsync(Patience);

        JsonElement running = JsonDocument.Parse((await SendAsync(Get("/api/uploads"))).Body).RootElement[0];
        RawResponse second = await SendAsync(Put("b.bim", file));

        Assert.Equal(("a.bim", 1000, 50_000), (running.GetProperty("key").GetString(), running.GetProperty("bytes").GetInt32(), running.GetProperty("totalBytes").GetInt32()));
        Assert.Equal((429, "10"), (second.Status, second.Header("Retry-After")));
        release.SetResult();
        await socket.SendAsync(file.AsMemory(1000));
        byte[] answer = new byte[4096];
        int read = await socket.ReceiveAsync(answer);
        Assert.StartsWith("HTTP/1.1 201", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Upload_byAPageOfAnotherSite_isRefused(string header, string value) =>
        Assert.Equal(403, (await SendAsync(Put("a.bim", MemoryStore.AnIModel(100)).With(header, value))).Status);

    [Fact]
    public async Task List_forAPageOfAnotherSite_hasNoCorsHeaders() =>
        Assert.Null((await SendAsync(Get("/api/imodels").With("Origin", "http://localhost:3000"))).Header("Access-Control-Allow-Origin"));

    [Theory]
    [InlineData("/api/imodels/nobody.bim")]
    [InlineData("/api/files/nobody.bim")]
    [InlineData("/api/sessions/nobody.bim")]
    [InlineData("/api/nothing")]
    public async Task Get_ofWhatIsNot_isAProblem(string target)
    {
        RawResponse response = await SendAsync(Get(target));

        Assert.Equal((404, "application/problem+json"), (response.Status, response.Header("Content-Type")));
        Assert.NotEmpty(JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task OpenApi_document_describesEveryRestOperationAndNothingElse()
    {
        JsonElement paths = JsonDocument.Parse((await SendAsync(Get("/openapi/v1.json"))).Body).RootElement.GetProperty("paths");

        Assert.Equal(
            [
                "/api/cluster", "/api/files/{key}", "/api/imodels", "/api/imodels/{key}", "/api/imodels/{key}/changesets/{index}/file", "/api/imodels/{key}/feed",
                "/api/imodels/{key}/history", "/api/imodels/{key}/transactions", "/api/imodels/{key}/versions", "/api/imodels/{key}/versions/{index}/file",
                "/api/sessions/{key}", "/api/uploads",
            ],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["get", "put"], paths.GetProperty("/api/files/{key}").EnumerateObject().Select(verb => verb.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/health/live", "{\"status\":\"Healthy\",\"checks\":{}}")]
    [InlineData("/health/startup", "{\"status\":\"Healthy\",\"checks\":{\"started\":\"Healthy\"}}")]
    [InlineData("/health/ready", "{\"status\":\"Healthy\",\"checks\":{\"started\":\"Healthy\",\"catalogue\":\"Healthy\"}}")]
    public async Task Health_ofARunningServer_isHealthy(string target, string expected)
    {
        RawResponse response = await SendAsync(Get(target));

        Assert.Equal((200, expected), (response.Status, response.Text));
    }

    private static RawRequest Get(string target) => RawRequest.Get(target) with { Headers = [] };

    private static RawRequest Put(string key, byte[] content)
    {
        string[] parts = key.Split('?');
        string path = parts[0].Contains('%') ? parts[0] : string.Join('/', parts[0].Split('/').Select(Uri.EscapeDataString));
        return new RawRequest("PUT", $"/api/files/{path}{(parts.Length > 1 ? "?" + parts[1] : "")}") { ContentType = "application/octet-stream", Body = content, Headers = [] };
    }

    private Task<RawResponse> SendAsync(RawRequest request) => RawHttp.SendAsync(_server.Port, request);
}
