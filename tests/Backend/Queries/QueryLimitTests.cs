using System.Text.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Backend.Tests.Queries;

[Collection(BackendCollection.Name)]
public sealed class QueryLimitTests(BackendFixture fixture)
{
    private const int Done = 1, Partial = 3;

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000")]
    public async Task QueryRows_more_than_the_limit_come_page_by_page(string count)
    {
        await using ITwinBackend backend = await OpenAsync(new BackendOptions { MaxQueryRows = 10 });
        int read = 0, status = Partial;
        for (int page = 0; status == Partial; page++)
        {
            Assert.True(page < 10, "The query does not end");
            JsonElement answer = await QueryAsync(backend, $$"""{"query":"select ECInstanceId from bis.Element","limit":{"count":{{count}},"offset":{{read}} } }""");
            read += answer.GetProperty("rowCount").GetInt32();
            status = answer.GetProperty("status").GetInt32();
        }

        Assert.Equal((46, Done), (read, status));
    }

    [Fact]
    public async Task QueryRows_what_a_client_may_not_choose_is_left_out()
    {
        await using ITwinBackend backend = await OpenAsync(new BackendOptions { MaxQueryMemory = 100_000 });
        JsonElement answer = await QueryAsync(
            backend,
            """{"kind":77,"query":"select 1","usePrimaryConn":true,"priority":9,"delay":60000,"config":{"workerThreads":99},"quota":{"time":1e9,"memory":1e12}}""");
        Assert.Equal(Done, answer.GetProperty("status").GetInt32());
        Assert.Equal(100_000, answer.GetProperty("stats").GetProperty("memLimit").GetInt64());
    }

    [Fact]
    public async Task QueryRows_a_query_of_too_many_characters_is_refused()
    {
        await using ITwinBackend backend = await OpenAsync(new BackendOptions { MaxQueryLength = 20 });
        using RpcReply reply = await fixture.InvokeAsync(
            backend, "test.bim", "IModelReadRpcInterface", "queryRows", """[$token,{"query":"select 1234567890 from bis.Element"}]""");
        Assert.Equal(RpcStatus.Rejected, reply.Status);
    }

    [Fact]
    public async Task QueryRows_a_wrong_query_is_an_answer()
    {
        using RpcReply reply = await fixture.ReadAsync("rich.bim", "queryRows", """[$token,{"query":"select nonsense from bis.Element"}]""");
        Assert.Equal(RpcStatus.Resolved, reply.Status);
        Assert.Equal(101, JsonDocument.Parse(reply.Json).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task QueryBlob_gives_bytes_beside_a_marker()
    {
        using RpcReply reply = await fixture.ReadAsync(
            "rich.bim", "queryBlob", """[$token,{"className":"bis.GeometricElement3d","accessString":"GeometryStream","instanceId":"0x1f"}]""");
        Assert.Equal(144, Assert.Single(reply.Binaries).Length);
        Assert.True(JsonEquality.AreEqual(
            JsonElement.Parse("""{"isBinary":true,"index":0,"size":144,"chunks":1}"""u8),
            JsonDocument.Parse(reply.Json).RootElement.GetProperty("data"),
            out string path), path);
    }

    [Fact]
    public async Task GetElementProps_of_too_many_ids_is_refused()
    {
        await using ITwinBackend backend = await OpenAsync(new BackendOptions { MaxIds = 2 });
        using RpcReply reply = await fixture.InvokeAsync(
            backend, "test.bim", "IModelReadRpcInterface", "getElementProps", """[$token,["0x1","0x2","0x3"]]""");
        Assert.Contains("2 ids", reply.Error!.Message, StringComparison.Ordinal);
    }

    private async Task<ITwinBackend> OpenAsync(BackendOptions options)
    {
        var backend = new ITwinBackend(fixture.Engine, options, NullLoggerFactory.Instance);
        await backend.IModels.OpenAsync("limits", fixture.IModel("test.bim").Key, TestFiles.Copy("test.bim"));
        return backend;
    }

    private async Task<JsonElement> QueryAsync(ITwinBackend backend, string request)
    {
        using RpcReply reply = await fixture.InvokeAsync(backend, "test.bim", "IModelReadRpcInterface", "queryRows", $"[$token,{request}]");
        Assert.True(reply.Status == RpcStatus.Resolved, reply.Error?.Message);
        return JsonElement.Parse(reply.Json.Span);
    }
}
