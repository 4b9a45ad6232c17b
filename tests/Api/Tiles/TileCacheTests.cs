using System.Text.Json;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Tests.Peer;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Api.Tests.Tiles;

/// <summary>Tiles by plain GETs: made once, kept whole, never one for another.</summary>
public sealed class TileCacheTests : IDisposable
{
    private const string Tile = "/tiles/25_1d-E:0_0x1e/first_11673baf167f8d45/0/0/0/0/1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-tiles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Config_ofAFixedVersion_leadsToTheTile()
    {
        await using ApiServer server = await StartAsync();

        RawResponse answer = await RawHttp.SendAsync(server.Port, AskConfig(MemoryTileSource.First));
        JsonElement config = JsonDocument.Parse(answer.Body).RootElement;
        var url = new Uri($"{config.GetProperty("baseUrl").GetString()}/{MemoryTileSource.First}{Tile}?{config.GetProperty("authentication").GetString()}");
        RawResponse tile = await GetAsync(server, url.PathAndQuery);

        Assert.True(config.GetProperty("expiration").GetDateTime() > DateTime.UtcNow.AddHours(12));
        Assert.Equal((200, "application/octet-stream", "public, max-age=172800, immutable"), (tile.Status, tile.Header("Content-Type"), tile.Header("Cache-Control")));
        Assert.Equal(server.Router.Tile, tile.Body);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Config_ofAnUnknownIModel_isUndefined()
    {
        await using ApiServer server = await StartAsync();

        RawResponse answer = await RawHttp.SendAsync(server.Port, AskConfig("00000000-0000-0000-0000-000000000009"));

        Assert.Equal((200, 0), (answer.Status, answer.Body.Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public async Task Get_again_isServedFromTheCacheAlsoAfterARestart(string? encoding)
    {
        await using (ApiServer server = await StartAsync())
        {
            await GetAsync(server, Of(MemoryTileSource.First), encoding);
            RawResponse again = await GetAsync(server, Of(MemoryTileSource.First), encoding);

            Assert.Equal((200, encoding), (again.Status, again.Header("Content-Encoding")));
            Assert.Equal(server.Router.Tile, again.Body);
            Assert.Equal(1, MadeTiles(server));
        }

        await using ApiServer restarted = await StartAsync();
        RawResponse tile = await GetAsync(restarted, Of(MemoryTileSource.First), encoding);

        Assert.Equal(restarted.Router.Tile, tile.Body);
        Assert.Equal(0, MadeTiles(restarted));
    }

    [Fact]
    public async Task Get_withTheTagOfBefore_is304()
    {
        await using ApiServer server = await StartAsync();
        RawResponse first = await GetAsync(server, Of(MemoryTileSource.First));

        RawResponse second = await RawHttp.SendAsync(server.Port, RawRequest.Get(Of(MemoryTileSource.First)).With("If-None-Match", first.Header("ETag")!));

        Assert.Equal((304, 0), (second.Status, second.Body.Length));
    }

    [Fact]
    public async Task Get_manyAtOnce_makesTheTileOnce()
    {
        await using ApiServer server = await StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Router.Gate = (_, _) =>
        {
            arrived.TrySetResult();
            return release.Task;
        };

        Task<RawResponse>[] requests = [.. Enumerable.Range(0, 16).Select(_ => GetAsync(server, Of(MemoryTileSource.First)))];
        await arrived.Task.WaitAsync(Patience);
        release.SetResult();
        RawResponse[] answers = await Task.WhenAll(requests).WaitAsync(Patience);

        Assert.All(answers, answer => Assert.Equal(server.Router.Tile, answer.Body));
        Assert.Equal(1, MadeTiles(server));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 0xff)]
    [InlineData(-1, 0)]
    [InlineData(-2, 0)]
    public async Task Get_ofADamagedFile_makesTheTileAgain(int position, byte value)
    {
        await using (ApiServer server = await StartAsync())
            await GetAsync(server, Of(MemoryTileSource.First));
        string file = Assert.Single(Directory.GetFiles(_folder, "*.tile", SearchOption.AllDirectories));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        if (position >= 0)
            bytes[position] = value;
        await File.WriteAllBytesAsync(file, position == -1 ? bytes[..^10] : position == -2 ? [] : bytes);

        await using ApiServer restarted = await StartAsync();
        RawResponse tile = await GetAsync(restarted, Of(MemoryTileSource.First));

        Assert.Equal(restarted.Router.Tile, tile.Body);
        Assert.Equal(1, MadeTiles(restarted));
        await GetAsync(restarted, Of(MemoryTileSource.First));
        Assert.Equal(1, MadeTiles(restarted));
    }

    [Fact]
    public async Task Get_ofAnotherIModelOrVersion_isAnotherTile()
    {
        await using ApiServer server = await StartAsync();
        byte[] first = (await GetAsync(server, Of(MemoryTileSource.First))).Body;
        server.Router.Tile = [9, 9, 9];
        byte[] second = (await GetAsync(server, Of(MemoryTileSource.Second))).Body;
        server.TileSource.Versions[MemoryTileSource.First] = "v2";
        byte[] replaced = (await GetAsync(server, Of(MemoryTileSource.First))).Body;

        Assert.NotEqual(first, second);
        Assert.Equal([9, 9, 9], replaced);
        Assert.Equal(404, (await GetAsync(server, Of(MemoryTileSource.First) + "?v=v1")).Status);
        Assert.Equal(200, (await GetAsync(server, Of(MemoryTileSource.First) + "?v=v2")).Status);
    }

    [Fact]
    public async Task Get_ofAFileReplacedWhileItsTileIsMade_isNotKept()
    {
        await using ApiServer server = await StartAsync();
        server.Router.Gate = (_, _) =>
        {
            server.TileSource.Versions[MemoryTileSource.First] = Guid.NewGuid().ToString("N");
            return Task.CompletedTask;
        };

        RawResponse tile = await GetAsync(server, Of(MemoryTileSource.First));

        Assert.Equal((200, "no-store", null), (tile.Status, tile.Header("Cache-Control"), tile.Header("ETag")));
        Assert.Empty(Directory.GetFiles(_folder, "*.tile", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Get_withoutTheVersion_isAskedForAgainEachTime()
    {
        await using ApiServer server = await StartAsync();

        Assert.Equal("public, no-cache", (await GetAsync(server, Of(MemoryTileSource.First))).Header("Cache-Control"));
    }

    [Fact]
    public async Task Get_whenItCannotBeMade_isNoSuccessAndIsNotKept()
    {
        await using ApiServer server = await StartAsync();
        server.Router.Tile = [];
        Assert.Equal(404, (await GetAsync(server, Of(MemoryTileSource.First))).Status);
        server.Router.Gate = (_, _) => throw new IOException("/srv/secret");

        RawResponse failed = await GetAsync(server, Of(MemoryTileSource.First));

        Assert.Equal((500, "no-store"), (failed.Status, failed.Header("Cache-Control")));
        Assert.DoesNotContain("secret", failed.Text, StringComparison.Ordinal);
        server.Router.Gate = (_, _) => Task.CompletedTask;
        server.Router.Tile = [1];
        Assert.Equal(200, (await GetAsync(server, Of(MemoryTileSource.First))).Status);
    }

    [Fact]
    public async Task Put_overTheBound_letsTheLeastRecentlyUsedGo()
    {
        await using ApiServer server = await StartAsync(("Tiles:MaxBytes", "1048576"));
        server.Router.Tile = new byte[100_000];
        TileStore store = server.Services.GetRequiredService<TileStore>();
        await store.Scanned;
        string[] tiles = [.. Enumerable.Range(0, 30).Select(i => $"/tiles/{MemoryTileSource.First}/tiles/t/first/{i}")];
        foreach (string tile in tiles)
        {
            Assert.Equal(200, (await GetAsync(server, tile)).Status);
            Assert.Equal(200, (await GetAsync(server, tiles[0])).Status);
            await WhenWrittenAsync(store);
            Assert.True(store.Bytes <= 1_048_576, $"{store.Bytes} bytes");
        }

        long onDisk = Directory.GetFiles(_folder, "*.tile", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.Equal(store.Bytes, onDisk);
        int made = MadeTiles(server);
        await GetAsync(server, tiles[0]);
        Assert.Equal(made, MadeTiles(server));
        await GetAsync(server, tiles[1]);
        Assert.Equal(made + 1, MadeTiles(server));
    }

    [Fact]
    public async Task Get_whenTheDiskRefuses_isServedAndMadeAgain()
    {
        await using ApiServer server = await StartAsync();
        TileStore store = server.Services.GetRequiredService<TileStore>();
        await store.Scanned;
        for (int i = 0; i < 256; i++)
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{i:x2}"), "in the way of the folder");

        for (int made = 1; made <= 2; made++)
        {
            RawResponse tile = await GetAsync(server, Of(MemoryTileSource.First));
            await WhenWrittenAsync(store);

            Assert.Equal(server.Router.Tile, tile.Body);
            Assert.Equal(made, MadeTiles(server));
        }

        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task Get_withPathsInItsIds_staysInTheFolder()
    {
        await using ApiServer server = await StartAsync();
        string[] before = Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder)!);
        foreach (string id in (string[])["..%2f..%2fescape", "%2e%2e%2fescape", "..%5c..%5cescape", "a%2f..%2f..%2f..%2fescape", "%2fetc%2fescape", "C:%5cescape"])
        {
            Assert.InRange((await GetAsync(server, $"/tiles/{MemoryTileSource.First}/tiles/{id}/{id}/{id}")).Status, 200, 404);
            Assert.InRange((await GetAsync(server, $"/tiles/{id}/tiles/t/g/c")).Status, 400, 404);
        }

        Assert.All(
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories),
            file => Assert.True(Path.GetFileName(file) == "signing.key" || Path.GetFileNameWithoutExtension(file).Length is 64 or 67, file));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder)!).Except(before), name => name.Contains("escape", StringComparison.Ordinal));
    }

    private Task<ApiServer> StartAsync(params (string, string)[] settings) => ApiServer.StartAsync([("Tiles:Folder", _folder), .. settings]);

    private static async Task WhenWrittenAsync(TileStore store)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (store.Waiting > 0)
            await Task.Delay(5, patience.Token);
    }

    private static string Of(string iModelId) => $"/tiles/{iModelId}{Tile}";

    private static int MadeTiles(ApiServer server) => server.Router.Calls.Count(call => call.Call.Operation == "retrieveTileContent");

    private static Task<RawResponse> GetAsync(ApiServer server, string target, string? encoding = null)
    {
        // Like the browser's fetch: no header of the RPC protocol.
        RawRequest request = RawRequest.Get(target) with { Headers = [] };
        return RawHttp.SendAsync(server.Port, encoding is null ? request : request.With("Accept-Encoding", encoding));
    }

    private static RawRequest AskConfig(string iModelId) => RawRequest.Post(
        $"/t/v/mode/1/context/i/imodel/{iModelId}/changeset/0/IModelTileRpcInterface-3.2.0-getTileCacheConfig",
        $$$"""[{"key":"test.bim","iTwinId":"i","iModelId":"{{{iModelId}}}","changeset":{"id":"","index":0}}]""");
}
