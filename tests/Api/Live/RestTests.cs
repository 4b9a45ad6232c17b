using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Tests.Live.Support;

namespace ITwinOrleans.Api.Tests.Live;

/// <summary>REST of live iModels.</summary>
public sealed class RestTests : IAsyncLifetime
{
    private const string Key = "edit.bim";
    private readonly HttpClient _http = new();
    private LiveServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await LiveServer.StartAsync([Key, "test.bim"]);
        _http.BaseAddress = _server.Address;
        _http.DefaultRequestHeaders.Add("X-Correlation-Id", Guid.NewGuid().ToString());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Transactions_feed_and_history_tell_of_the_same_commit()
    {
        JsonNode result = await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one"), "op"), HttpStatusCode.OK);
        Assert.Equal(1, result["sequence"]!.GetValue<long>());
        JsonNode feed = await GetAsync($"/api/imodels/{Key}/feed?epoch=0&sequence=0");
        Assert.Equal("op", Assert.Single(feed["commits"]!.AsArray())!["operationId"]!.GetValue<string>());
        Assert.Equal(1, feed["head"]!["sequence"]!.GetValue<long>());
        Assert.Equal("op", Assert.Single((await GetAsync($"/api/imodels/{Key}/history")).AsArray())!["operationId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Feed_waits_for_news()
    {
        Task<JsonNode> feed = GetAsync($"/api/imodels/{Key}/feed?wait=20");
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.OK);
        Assert.Single((await feed)["commits"]!.AsArray());
    }

    [Fact]
    public async Task Refusals_have_a_status_and_say_what_to_do()
    {
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one"), "op"), HttpStatusCode.OK);
        JsonNode reused = await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("two"), "op"), HttpStatusCode.Conflict);
        Assert.Equal("OperationIdReused", reused["error"]!["name"]!.GetValue<string>());
        await PostAsync($"/api/imodels/{Key}/transactions", new JsonObject(), HttpStatusCode.BadRequest);
        await PostAsync("/api/imodels/test.bim/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.Forbidden);
        await PostAsync("/api/imodels/nothing.bim/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri($"/api/imodels/{Key}/nonsense", UriKind.Relative))).StatusCode);
        using var text = new StringContent("{}");
        HttpResponseMessage unread = await _http.PostAsync(new Uri($"/api/imodels/{Key}/transactions", UriKind.Relative), text);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unread.StatusCode);
        Assert.Contains("application/json", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_named_listed_downloaded_and_opened_beside_the_live_iModel()
    {
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.OK);
        JsonNode first = await PostAsync($"/api/imodels/{Key}/versions", new JsonObject { ["name"] = "first" }, HttpStatusCode.OK);
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("two")), HttpStatusCode.OK);
        JsonNode second = await PostAsync($"/api/imodels/{Key}/versions", new JsonObject { ["name"] = "second" }, HttpStatusCode.OK);
        Assert.Equal(["first", "second"], (await GetAsync($"/api/imodels/{Key}/versions")).AsArray().Select(version => (string?)version!["name"]));
        Assert.Equal((string?)first["id"], (string?)second["parentId"]);

        byte[] file = await _http.GetByteArrayAsync(new Uri($"/api/imodels/{Key}/versions/1/file", UriKind.Relative));
        Assert.Equal((first["fileSize"]!.GetValue<long>(), "SQLite format 3"), (file.Length, Encoding.ASCII.GetString(file, 0, 15)));
        byte[] changeset = await _http.GetByteArrayAsync(new Uri($"/api/imodels/{Key}/changesets/2/file", UriKind.Relative));
        Assert.Equal(second["changesetSize"]!.GetValue<long>(), changeset.Length);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri($"/api/imodels/{Key}/versions/3/file", UriKind.Relative))).StatusCode);

        // By the ids of the live iModel and the version's changeset, as CheckpointConnection does.
        Assert.Equal(["edit.bim", "test.bim"], (await GetAsync("/api/imodels")).AsArray().Select(iModel => (string?)iModel!["key"]));
        JsonNode live = await GetAsync($"/api/imodels/{Key}");
        Assert.Equal(1, await CountAsync(live, first));
        Assert.Equal(2, await CountAsync(live, second));
    }

    [Fact]
    public async Task Download_of_an_iModel_that_is_edited_says_how_to_get_one()
    {
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.OK);
        using HttpResponseMessage response = await _http.GetAsync(new Uri($"/api/files/{Key}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Name a version", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_over_an_iModel_that_is_edited_is_refused()
    {
        await PostAsync($"/api/imodels/{Key}/transactions", LiveClient.Transaction(Ops.Insert("one")), HttpStatusCode.OK);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(_server.Folder, "test.bim")));
        using HttpResponseMessage response = await _http.PutAsync(new Uri($"/api/files/{Key}?replace=true", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("open for editing", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await GetAsync($"/api/imodels/{Key}/feed"))["commits"]!.AsArray());
    }

    [Fact]
    public async Task OpenApi_shows_the_paths()
    {
        JsonNode description = await GetAsync("/openapi/v1.json");
        Assert.NotNull(description["paths"]!["/api/imodels/{key}/transactions"]!["post"]);
        Assert.NotNull(description["paths"]!["/api/imodels/{key}/versions"]!["get"]);
    }

    // How many elements of a version have been inserted here.
    private async Task<double> CountAsync(JsonNode live, JsonNode version)
    {
        string path = $"/test/v1.0/mode/1/context/{live["iTwinId"]}/imodel/{live["iModelId"]}/changeset/{version["id"]}/IModelReadRpcInterface-3.8.0-";
        var token = new JsonObject
        {
            ["iTwinId"] = (string?)live["iTwinId"],
            ["iModelId"] = (string?)live["iModelId"],
            ["changeset"] = new JsonObject { ["id"] = (string?)version["id"] },
        };
        string parameters = Uri.EscapeDataString(Convert.ToBase64String(Encoding.Latin1.GetBytes(new JsonArray(token.DeepClone()).ToJsonString())));
        using HttpResponseMessage connected = await _http.GetAsync(new Uri($"{path}getConnectionProps?parameters={parameters}", UriKind.Relative));
        JsonNode props = JsonNode.Parse(await connected.Content.ReadAsStringAsync())!;
        Assert.True((string?)version["id"] == (string?)props["changeset"]?["id"], props.ToJsonString());
        Assert.True(connected.Headers.CacheControl?.MaxAge > TimeSpan.Zero, "A fixed version may be kept.");

        token["key"] = (string?)props["key"];
        var query = new JsonObject { ["query"] = "SELECT COUNT(*) FROM bis.Element WHERE UserLabel IN ('one','two')", ["valueFormat"] = 0 };
        using var content = new StringContent(new JsonArray(token, query).ToJsonString(), Encoding.UTF8, "text/plain");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"{path}queryRows", UriKind.Relative), content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]![0]![0]!.GetValue<double>();
    }

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<JsonNode> PostAsync(string path, JsonNode body, HttpStatusCode expected)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
