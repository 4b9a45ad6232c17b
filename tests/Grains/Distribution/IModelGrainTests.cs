using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Distribution;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;
using ITwinOrleans.Grains.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Grains.Tests.Distribution;

public sealed class IModelGrainTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private readonly string _key = $"{Guid.NewGuid():N}.bim";

    private TestSilo Silo => fixture.Silo;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InvokeAsync_here_or_from_another_process_bytes_arrive_as_they_were_sent(bool remote)
    {
        Silo.Data.Write(_key, "A");
        var call = Bench.Call("getElementProps", """[ {"key":"a"},  1.0, "ü" ]""") with { Binaries = [new byte[] { 1, 2 }, new byte[100_000]] };
        using var reply = await Grain(remote).InvokeAsync(call, CancellationToken.None).AsTask().For("the reply");
        Assert.Equal(RpcStatus.Resolved, reply.Status);
        Assert.Equal("""[ {"key":"a"},  1.0, "ü" ]""", Bench.Text(reply));
        Assert.Equal([2, 100_000], reply.Binaries.Select(b => b.Length));
        Assert.Equal([1, 2], reply.Binaries[0].ToArray());
    }

    [Fact]
    public async Task InvokeAsync_here_nothing_is_copied_on_the_way()
    {
        Silo.Data.Write(_key, "A");
        var call = Bench.Call("getElementProps", "[1]");
        using var reply = await Grain().InvokeAsync(call, CancellationToken.None).AsTask().For("the reply");
        // The engine answers with the very memory of its parameters; it came here and back through two grain borders.
        Assert.True(call.Parameters.Equals(reply.Json));
    }

    [Fact]
    public async Task InvokeAsync_here_the_reply_is_the_callers_to_dispose()
    {
        Silo.Data.Write(_key, "A");
        var live = Silo.Log.LivePayloads;
        var reply = await Grain().InvokeAsync(Bench.Call("getElementProps", "[1]"), CancellationToken.None).AsTask().For("the reply");
        Assert.Equal(live + 1, Silo.Log.LivePayloads);
        reply.Dispose();
        Assert.Equal(live, Silo.Log.LivePayloads);
        Assert.Equal(0, Silo.Log.DoublyReleased);
    }

    [Fact]
    public async Task InvokeAsync_from_another_process_the_silos_reply_is_disposed_once_it_is_written()
    {
        Silo.Data.Write(_key, "A");
        var (live, made) = (Silo.Log.LivePayloads, Silo.Log.Payloads);
        var reply = await Grain(remote: true).InvokeAsync(Bench.Call("getElementProps", "[1]"), CancellationToken.None).AsTask().For("the reply");
        Assert.Equal((live, made + 1), (Silo.Log.LivePayloads, Silo.Log.Payloads));
        Assert.Equal("[1]", Bench.Text(reply));
        reply.Dispose();
        Assert.Equal(0, Silo.Log.DoublyReleased);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InvokeAsync_error_arrives_whole(bool remote)
    {
        Silo.Data.Write(_key, "A");
        using var reply = await Grain(remote).InvokeAsync(Bench.Call("getModelProps"), CancellationToken.None).AsTask().For("the reply");
        Assert.Equal(RpcStatus.Rejected, reply.Status);
        Assert.Equal(("Not Found", "element not found", 65574, 7), (reply.Error!.Name, reply.Error.Message, reply.Error.ErrorNumber, reply.Error.Properties.Length));
    }

    [Fact]
    public async Task InvokeAsync_no_such_iModel_is_not_found()
    {
        using var reply = await Grain().InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).AsTask().For("the reply");
        Assert.Equal(RpcStatus.NotFound, reply.Status);
    }

    [Fact]
    public async Task InvokeAsync_1000_at_once_interleave_and_open_once()
    {
        Silo.Data.Write(_key, "A");
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
        {
            using var reply = await Grain(remote: i % 2 == 0).InvokeAsync(Bench.Call("getElementProps", $"[{i}]"), CancellationToken.None);
            return Bench.Text(reply);
        })).For("1000 answers");
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"[{i}]"), answers);
        Assert.Equal(1, Silo.Log.Count("opening " + _key));
    }

    [Fact]
    public async Task InvokeAsync_slow_call_does_not_delay_another()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Data.Write("a.bim", "A");
        var grain = silo.Local.GetGrain<IIModelGrain>("a.bim");
        var slow = grain.InvokeAsync(Bench.Call("queryRows"), CancellationToken.None).AsTask();
        await silo.Log.WhenAsync("invoked queryRows");
        (await grain.InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).AsTask().For("the quick call")).Dispose();
        Assert.False(slow.IsCompleted);
        silo.Log.Hold.Open();
        (await slow.For("the slow call")).Dispose();
    }

    [Fact]
    public async Task InvokeAsync_worker_dies_under_it_the_read_is_answered()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Data.Write("a.bim", "A");
        var call = silo.Remote.GetGrain<IIModelGrain>("a.bim").InvokeAsync(Bench.Call("queryRows"), CancellationToken.None).AsTask();
        await silo.Log.WhenAsync("invoked queryRows");
        silo.Pool.WorkerOf("a.bim").Kill();
        silo.Log.Hold.Open();
        using var reply = await call.For("the reply");
        Assert.Equal("\"held\"", Bench.Text(reply));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InvokeAsync_refused_says_so_by_its_type(bool remote)
    {
        await using var silo = await TestSilo.StartAsync(o =>
        {
            o.MaxConcurrentCalls = 1;
            o.MaxQueuedCalls = 0;
            o.RetryAfter = TimeSpan.FromSeconds(7);
        });
        silo.Data.Write("a.bim", "A");
        var grain = (remote ? silo.Remote : silo.Local).GetGrain<IIModelGrain>("a.bim");
        var running = grain.InvokeAsync(Bench.Call("queryRows"), CancellationToken.None).AsTask();
        await silo.Log.WhenAsync("invoked queryRows");
        var refused = await Assert.ThrowsAsync<IModelBusyException>(() => grain.InvokeAsync(Bench.Call("queryRows"), CancellationToken.None).AsTask().For("the refusal"));
        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
        silo.Log.Hold.Open();
        (await running.For("the running call")).Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InvokeAsync_cancelled_reaches_the_owner(bool remote)
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Data.Write("a.bim", "A");
        var grain = (remote ? silo.Remote : silo.Local).GetGrain<IIModelGrain>("a.bim");
        using var cancel = new CancellationTokenSource();
        var call = grain.InvokeAsync(Bench.Call("queryRows"), cancel.Token).AsTask();
        await silo.Log.WhenAsync("invoked queryRows");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.For("the cancelled call"));
        Assert.Equal(0, (await grain.GetStatusAsync()).CallsInFlight);
    }

    [Fact]
    public async Task GetStatusAsync_from_another_process_says_who_uses_it()
    {
        Silo.Data.Write(_key, "A");
        (await Grain().InvokeAsync(Bench.Call("getElementProps", session: "s7"), CancellationToken.None).AsTask().For("the reply")).Dispose();
        var status = await Grain(remote: true).GetStatusAsync().AsTask().For("the status");
        Assert.Equal((_key, IModelState.Open, 1), (status.Key, status.State, status.Openings));
        Assert.Equal("s7", Assert.Single(status.Sessions).SessionId);
        await Grain(remote: true).EndSessionAsync("s7").AsTask().For("the end of the session");
        Assert.Empty((await Grain().GetStatusAsync()).Sessions);
    }

    [Fact]
    public async Task ListAsync_file_that_came_while_running_is_listed_with_what_its_owner_does()
    {
        Silo.Data.Write("plants/" + _key, "Plant");
        var directory = Silo.Services.GetRequiredService<IModelDirectory>();
        var catalog = Silo.Services.GetRequiredService<IModelCatalog>();
        await Waiting.Until(() => catalog.Entries.Any(e => e.Key == "plants/" + _key && e.State == CatalogState.Valid), "the watcher to notice the file");
        var line = (await directory.ListAsync(CancellationToken.None)).Single(l => l.Key == "plants/" + _key);
        Assert.Equal(("Plant", "closed", 0), (line.Name, line.State, line.Sessions));

        (await Silo.Services.GetRequiredService<RpcGateway>().InvokeAsync(
            Bench.Call("getElementProps", $$"""[{"key":"plants/{{_key}}"}]"""), null, null, CancellationToken.None).AsTask().For("the reply")).Dispose();
        line = (await directory.FindAsync("plants/" + _key, CancellationToken.None))!;
        Assert.Equal(("open", 1), (line.State, line.Sessions));
    }

    [Fact]
    public async Task Gateway_call_without_an_iModel_runs_in_a_worker()
    {
        using var reply = await Silo.Services.GetRequiredService<RpcGateway>().InvokeAsync(
            Bench.Call("getElementProps", "[]"), null, null, CancellationToken.None).AsTask().For("the reply");
        Assert.Equal("[]", Bench.Text(reply));
    }

    [Fact]
    public async Task Silo_stops_iModels_are_closed()
    {
        var silo = await TestSilo.StartAsync();
        silo.Data.Write("a.bim", "A");
        (await silo.Local.GetGrain<IIModelGrain>("a.bim").InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).AsTask().For("the reply")).Dispose();
        await silo.DisposeAsync();
        Assert.Equal(1, silo.Log.Count("closed a.bim"));
    }

    private IIModelGrain Grain(bool remote = false) => (remote ? Silo.Remote : Silo.Local).GetGrain<IIModelGrain>(_key);
}
