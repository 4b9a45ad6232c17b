using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Grains.Tests.Fixtures;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Routing;

public sealed class RpcGatewayTests : IAsyncLifetime
{
    private const string IModelId = "23166185-f608-421e-95e3-5d4397faf5d1";
    private readonly Bench _bench = new();
    private readonly Recorder _cluster = new();

    public Task InitializeAsync()
    {
        _bench.Data.Write("rich.bim", "Rich", IModelId);
        _bench.Data.Write("plants/a.bim", "A", IModelId, changesetId: "abc");
        _bench.Catalog.Rescan();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("""[{"key":"rich.bim","iTwinId":"x","iModelId":"y","changeset":{"id":"","index":0}},["0x1"]]""", "rich.bim")]
    [InlineData("""[{"other":{"key":"no"},"key":"plants/a.bim"}]""", "plants/a.bim")]
    [InlineData("""[{"iModelId":"23166185-f608-421e-95e3-5d4397faf5d1","changeset":{"index":1,"id":"abc"}}]""", "plants/a.bim")]
    [InlineData("""[{"key":"23166185-f608-421e-95e3-5d4397faf5d1:abc"}]""", "plants/a.bim")]
    [InlineData("""[{"iModelId":"23166185-f608-421e-95e3-5d4397faf5d1"}]""", "rich.bim")]
    [InlineData("""[{"key":"\u0072ich.bim"}]""", "rich.bim")]
    public async Task InvokeAsync_token_goes_to_its_owner(string parameters, string key) => Assert.Equal(key, await Ask("getElementProps", parameters));

    [Theory]
    [InlineData("""[{"key":"no.bim"}]""")]
    [InlineData("""[{"key":"../rich.bim"}]""")]
    [InlineData("""[{"key":"23166185-f608-421e-95e3-5d4397faf5d1:no"}]""")]
    [InlineData("""[{"key":""}]""")]
    [InlineData("""[{"iModelId":null,"key":7,"iTwinId":[1,{"key":"rich.bim"}]},{"key":"rich.bim"}]""", "server")]
    [InlineData("""[{"key":"\ud800.bim"}]""", "server")]
    public async Task InvokeAsync_token_of_no_iModel_finds_none(string parameters, string expected = "NotFound") =>
        Assert.Equal(expected, await Ask("getElementProps", parameters));

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[{\"key\":")]
    [InlineData("7")]
    [InlineData("[null]")]
    public async Task InvokeAsync_no_token_goes_to_any_server_which_says_what_is_wrong(string parameters) =>
        Assert.Equal("server", await Ask("queryVersionInfo", parameters));

    [Theory]
    [InlineData("openRemote", "rich.bim", "rich.bim")]
    [InlineData("openRemote", "no.bim", "NotFound")]
    [InlineData("openFile", "C/Users/x/rich.bim", "rich.bim")]
    [InlineData("openFile", "/etc/passwd", "NotFound")]
    public async Task InvokeAsync_snapshot_is_opened_by_its_name(string operation, string name, string expected) =>
        Assert.Equal(expected, await Ask(operation, $"[\"{name}\",{{}}]", "SnapshotIModelRpcInterface"));

    [Fact]
    public async Task InvokeAsync_close_ends_the_session_and_leaves_the_iModel_to_the_others()
    {
        Assert.Equal("true", await Ask("close", """[{"key":"rich.bim"}]""", "SnapshotIModelRpcInterface"));
        Assert.Equal(("rich.bim", "s1"), _cluster.Ended);
        Assert.Null(_cluster.Key);
    }

    [Fact]
    public async Task InvokeAsync_tools_go_to_any_server() =>
        Assert.Equal("server", await Ask("ping", """[{"key":"no.bim"}]""", "DevToolsRpcInterface"));

    [Fact]
    public async Task InvokeAsync_not_for_this_caller_is_not_found_and_does_not_run()
    {
        var gateway = new RpcGateway(_bench.Catalog, _cluster);
        using var reply = await gateway.InvokeAsync(
            Bench.Call("getElementProps", """[{"key":"rich.bim"}]"""), null, e => e.Description!.IModelId != IModelId, CancellationToken.None);
        Assert.Equal(RpcStatus.NotFound, reply.Status);
        Assert.Null(_cluster.Key);
    }

    [Theory]
    [InlineData("""[{"iModelId":"00000000-0000-0000-0000-00000000000a"}]""", false)]
    [InlineData("""[{"key":"new.bim"}]""", true)]
    public async Task InvokeAsync_answer_depends_on_a_file_that_no_worker_can_read_now_is_busy(string parameters, bool rights)
    {
        _bench.Log.DescribeFault = _ => new WorkerOverloadedException(WorkerLimit.CallsWaiting, "full");
        _bench.Data.Write("new.bim", "New");
        _bench.Catalog.Rescan();
        var gateway = new RpcGateway(_bench.Catalog, _cluster);
        await Assert.ThrowsAsync<IModelBusyException>(
            () => gateway.InvokeAsync(Bench.Call("getElementProps", parameters), null, rights ? _ => true : null, CancellationToken.None).AsTask().For("the refusal"));
        Assert.Null(_cluster.Key);
    }

    [Fact]
    public async Task InvokeAsync_ids_of_the_url_fill_in_for_a_token_without()
    {
        var gateway = new RpcGateway(_bench.Catalog, _cluster);
        (await gateway.InvokeAsync(
            Bench.Call("getElementProps", """[{"key":""}]"""), new IModelToken(IModelId: IModelId, ChangesetId: "abc"), null, CancellationToken.None)).Dispose();
        Assert.Equal("plants/a.bim", _cluster.Key);
    }

    private async Task<string> Ask(string operation, string parameters, string @interface = "IModelReadRpcInterface")
    {
        var gateway = new RpcGateway(_bench.Catalog, _cluster);
        using var reply = await gateway.InvokeAsync(Bench.Call(operation, parameters, @interface: @interface), null, null, CancellationToken.None).AsTask().For("the reply");
        return reply.Status == RpcStatus.Resolved ? Bench.Text(reply) : reply.Status.ToString();
    }

    private sealed class Recorder : IIModelCluster
    {
        public string? Key { get; private set; }

        public (string Key, string Session)? Ended { get; private set; }

        public ValueTask<RpcReply> InvokeAsync(string key, RpcCall call, CancellationToken cancellationToken) => Answer(Key = key);

        public ValueTask<RpcReply> InvokeOnServerAsync(RpcCall call, CancellationToken cancellationToken) => Answer("server");

        public ValueTask EndSessionAsync(string key, string sessionId)
        {
            Ended = (key, sessionId);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IModelStatus> GetStatusAsync(string key) => throw new NotSupportedException();

        public ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(string key, LiveCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<LiveNews> ReadLiveAsync(string key, LiveRead read, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static ValueTask<RpcReply> Answer(string text) =>
            ValueTask.FromResult(new RpcReply { Status = RpcStatus.Resolved, Json = System.Text.Encoding.UTF8.GetBytes(text) });
    }
}
