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
    }

    [Fact]
    public async Task OpenApi_shows_the_paths()
    {
        JsonNode description = await GetAsync("/openapi/v1.json");
        Assert.NotNull(description["paths"]!["/api/imodels/{key}/transactions"]!["post"]);
        Assert.NotNull(description["paths"]!["/api/imodels/{key}/versions"]!["get"]);
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
