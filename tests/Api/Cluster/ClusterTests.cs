using System.Text.Json;
using ITwinOrleans.Api.Tests.Live.Support;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Api.Tests.Cluster;

/// <summary>What the cluster does, for people.</summary>
public sealed class ClusterTests
{
    private const string KnownId = MemoryStore.IModelId;

    [Fact]
    public async Task Cluster_singleProcess_showsItsSiloWorkersAndWhatIsOpen()
    {
        await using LiveServer server = await LiveServer.StartAsync(["plant.bim=rich.bim"]);
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/api/imodels/plant.bim")).EnsureSuccessStatusCode();
        await using LiveClient client = await LiveClient.ConnectAsync(server.Address);
        await client.OpenAsync("plant.bim");

        JsonElement cluster = JsonDocument.Parse(await http.GetStringAsync("/api/cluster")).RootElement;

        JsonElement silo = Assert.Single(cluster.GetProperty("silos").EnumerateArray());
        Assert.Equal(("active", true, 1), (silo.GetProperty("status").GetString(), silo.GetProperty("answers").GetBoolean(), silo.GetProperty("openIModels").GetInt32()));
        Assert.StartsWith("127.0.0.1:", silo.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.InRange(silo.GetProperty("memoryBytes").GetInt64(), 1, silo.GetProperty("maxMemoryBytes").GetInt64());
        Assert.Equal("ready", Assert.Single(silo.GetProperty("workers").EnumerateArray()).GetProperty("state").GetString());
        JsonElement open = Assert.Single(cluster.GetProperty("iModels").EnumerateArray());
        Assert.Equal(("plant.bim", "open", 1), (open.GetProperty("key").GetString(), open.GetProperty("state").GetString(), open.GetProperty("people").GetInt32()));
        Assert.Equal(silo.GetProperty("name").GetString(), open.GetProperty("silo").GetString());
        Assert.Equal(1, cluster.GetProperty("api").GetProperty("liveConnections").GetInt32());
    }

    [Fact]
    public async Task Cluster_siloThatDoesNotAnswer_isListedAllTheSame()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        Cluster(server).Silos = [Silo("one"), new SiloListing("two", "127.0.0.1:2", "dead", DateTimeOffset.UnixEpoch, null)];

        JsonElement[] silos = [.. (await GetAsync(server)).GetProperty("silos").EnumerateArray()];

        Assert.Equal(["one active True", "two dead False"], silos.Select(s => $"{s.GetProperty("name")} {s.GetProperty("status")} {s.GetProperty("answers")}"));
        Assert.Equal(JsonValueKind.Null, silos[1].GetProperty("openIModels").ValueKind);
    }

    [Fact]
    public async Task Cluster_noSilo_isEmpty()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Empty((await GetAsync(server)).GetProperty("silos").EnumerateArray());
    }

    [Fact]
    public async Task Cluster_withAuthentication_showsWhatTheCallerMayRead()
    {
        await using TokenIssuer issuer = await TokenIssuer.StartAsync();
        await using ApiServer server = await ApiServer.StartAsync(
            ("Authentication:Authority", issuer.Url), ("Authentication:Audience", "itwin-server"), ("Authentication:RequireHttpsMetadata", "false"));
        using var content = new MemoryStream(MemoryStore.AnIModel(100));
        await server.Store.AddAsync("known.bim", content, false, new Progress<long>(), CancellationToken.None);
        Cluster(server).Silos = [Silo("one", "known.bim", "other.bim")];

        Assert.Equal(401, (int)(await SendAsync(server, null)).StatusCode);
        Assert.Equal(["known.bim"], Keys(await ReadAsync(server, issuer.Token(claims: ("imodels", KnownId + ":read")))));
        Assert.Empty(Keys(await ReadAsync(server, issuer.Token(claims: ("imodels", "another:read")))));
        JsonElement all = await ReadAsync(server, issuer.Token(claims: ("imodels", "*:read")));
        Assert.Equal(["known.bim", "other.bim"], Keys(all));
        Assert.Equal(JsonValueKind.Null, all.GetProperty("silos")[0].GetProperty("address").ValueKind);
    }

    private static MemoryCluster Cluster(ApiServer server) => (MemoryCluster)server.Services.GetRequiredService<IClusterView>();

    private static SiloListing Silo(string name, params string[] keys) => new(
        name, "127.0.0.1:1", "active", DateTimeOffset.UnixEpoch,
        new SiloReport(
            new SiloLoad(name, false, keys.Length, 64, 1, 2, 0, 0, []), DateTimeOffset.UnixEpoch, [new WorkerReport("shared-0", "ready", 1)],
            [.. keys.Select(key => new IModelStatus(key, IModelState.Open, "shared-0", 1, 0, 0, DateTimeOffset.UnixEpoch, []))]));

    private static string[] Keys(JsonElement cluster) => [.. cluster.GetProperty("iModels").EnumerateArray().Select(m => m.GetProperty("key").GetString()!)];

    private static async Task<JsonElement> GetAsync(ApiServer server) => await ReadAsync(server, null);

    private static async Task<JsonElement> ReadAsync(ApiServer server, string? token)
    {
        using HttpResponseMessage response = await SendAsync(server, token);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiServer server, string? token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Port}/api/cluster");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await http.SendAsync(request);
    }
}
