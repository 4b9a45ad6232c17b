using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>Compression where it pays, and bodies that come back whole.</summary>
public sealed class CompressionTests : IAsyncLifetime
{
    private const string Token = """{"key":"test.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}""";
    private ApiServer _server = null!;

    public async Task InitializeAsync() => _server = await ApiServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("gzip, deflate, br, zstd", 100_000, "br")]
    [InlineData("gzip, deflate", 100_000, "gzip")]
    [InlineData("br;q=0, gzip", 100_000, "gzip")]
    [InlineData("BR", 100_000, "br")]
    [InlineData("deflate", 100_000, null)]
    [InlineData("identity", 100_000, null)]
    [InlineData("gzip, deflate, br, zstd", 1000, null)]
    [InlineData("gzip, deflate, br, zstd", 1024, "br")]
    [InlineData("gzip, deflate, br, zstd", 5_000_000, "br")]
    [InlineData("gzip", 5_000_000, "gzip")]
    public async Task Text_accepted_isCompressedWhenItIsLarge(string accepted, int size, string? expected)
    {
        _server.Router.FontJsonSize = size;

        RawResponse response = await RawHttp.SendAsync(_server.Port, Post("IModelReadRpcInterface-3.8.0-readFontJson").With("Accept-Encoding", accepted));

        Assert.Equal(expected, response.Header("Content-Encoding"));
        Assert.Equal(size, response.Body.Length);
        Assert.Equal("\"" + new string('f', size - 2) + "\"", response.Text);
    }

    [Fact]
    public async Task Binary_compressed_comesBackWhole()
    {
        RawResponse response = await RawHttp.SendAsync(_server.Port, Post("IModelTileRpcInterface-3.2.0-retrieveTileContent").With("Accept-Encoding", "br"));

        Assert.Equal(("application/octet-stream", "br"), (response.Header("Content-Type"), response.Header("Content-Encoding")));
        Assert.Equal(_server.Router.Tile, response.Body);
    }

    [Fact]
    public async Task Reply_written_givesItsMemoryBack()
    {
        _server.Router.FontJsonSize = 2_000_000;
        foreach (string accepted in (string[])["br", "gzip", "identity"])
            await RawHttp.SendAsync(_server.Port, Post("IModelReadRpcInterface-3.8.0-readFontJson").With("Accept-Encoding", accepted));
        await RawHttp.SendAsync(_server.Port, Post("IModelReadRpcInterface-3.8.0-queryBlob"));

        Assert.Equal(0, _server.Router.UnreleasedReplies);
    }

    private static RawRequest Post(string operation) => RawRequest.Post("/t/v/mode/1/context/i/imodel/m/changeset/0/" + operation, $"[{Token}]");
}
