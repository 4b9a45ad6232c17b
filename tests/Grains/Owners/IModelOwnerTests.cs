using System.Text;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Owners;

public sealed class IModelOwnerTests : IAsyncLifetime
{
    private readonly Bench _bench = new(o =>
    {
        o.MaxConcurrentCalls = 4;
        o.MaxQueuedCalls = 2000;
    });

    public Task InitializeAsync()
    {
        _bench.Data.Write("a.bim", "A");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        Assert.Equal(0, _bench.Log.LivePayloads);
        Assert.Equal(0, _bench.Log.DoublyReleased);
    }

    [Fact]
    public async Task InvokeAsync_parameters_and_binaries_arrive_as_they_were_sent()
    {
        var call = Bench.Call("getElementProps", """[ {"key":"a.bim"},  1.0 ]""") with { Binaries = [new byte[] { 1, 2 }, new byte[] { 3 }] };
        using var reply = await _bench.Owners.GetOrAdd("a.bim").InvokeAsync(call, CancellationToken.None).For("the reply");
        Assert.Equal(RpcStatus.Resolved, reply.Status);
        Assert.Equal("""[ {"key":"a.bim"},  1.0 ]""", Bench.Text(reply));
        Assert.Equal([[1, 2], [3]], reply.Binaries.Select(b => b.ToArray()));
        Assert.Equal(1, _bench.Log.LivePayloads);
    }

    [Fact]
    public async Task InvokeAsync_many_at_once_opens_once_and_answers_each()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => _bench.AskAsync("a.bim", "getElementProps", $"[{i}]"))).For("1000 answers");
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"[{i}]"), answers);
        Assert.Equal(1, _bench.Log.Count("opening a.bim"));
    }

    [Fact]
    public async Task InvokeAsync_slow_call_does_not_delay_another()
    {
        var slow = _bench.AskAsync("a.bim", "queryRows");
        await _bench.Log.WhenAsync("invoked queryRows");
        Assert.Equal("[2]", await _bench.AskAsync("a.bim", "getElementProps", "[2]"));
        Assert.False(slow.IsCompleted);
        _bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await slow.For("the slow call"));
    }

    [Fact]
    public async Task InvokeAsync_returns_before_any_native_work()
    {
        _bench.Log.OpenGate.Shut();
        var call = _bench.Owners.GetOrAdd("a.bim").InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None);
        Assert.False(call.IsCompleted);
        _bench.Log.OpenGate.Open();
        (await call.For("the reply")).Dispose();
    }

    [Fact]
    public async Task InvokeAsync_more_than_may_wait_is_refused_and_the_others_are_answered()
    {
        await using var bench = new Bench(o =>
        {
            o.MaxConcurrentCalls = 1;
            o.MaxQueuedCalls = 2;
        });
        bench.Data.Write("a.bim", "A");
        var running = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        var waiting = new[] { bench.AskAsync("a.bim", "queryRows"), bench.AskAsync("a.bim", "queryRows") };
        var refused = await Assert.ThrowsAsync<IModelBusyException>(() => bench.AskAsync("a.bim", "queryRows"));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);

        bench.Log.Hold.Open();
        Assert.All(await Task.WhenAll([running, .. waiting]).For("those that waited"), a => Assert.Equal("\"held\"", a));
    }

    [Fact]
    public async Task InvokeAsync_at_most_so_many_are_in_the_worker()
    {
        var calls = Enumerable.Range(0, 10).Select(_ => _bench.AskAsync("a.bim", "queryRows")).ToArray();
        await _bench.Log.WhenAsync("invoked queryRows", 4);
        Assert.Equal(4, _bench.Log.Count("invoked queryRows"));
        var status = _bench.Owners.GetOrAdd("a.bim").Status;
        Assert.Equal((4, 6), (status.CallsInFlight, status.CallsQueued));
        _bench.Log.Hold.Open();
        await Task.WhenAll(calls).For("all");
    }

    [Fact]
    public async Task InvokeAsync_no_such_iModel_is_not_found()
    {
        using var reply = await _bench.Owners.GetOrAdd("no.bim").InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).For("the reply");
        Assert.Equal(RpcStatus.NotFound, reply.Status);
        Assert.Equal("iModel not found", reply.Error!.Message);
    }

    [Fact]
    public async Task InvokeAsync_file_that_is_no_iModel_is_rejected_with_the_native_number_and_no_path()
    {
        File.WriteAllText(_bench.Data.PathOf("bad.bim"), "not one");
        using var reply = await _bench.Owners.GetOrAdd("bad.bim").InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).For("the reply");
        Assert.Equal((RpcStatus.Rejected, 26), (reply.Status, reply.Error!.ErrorNumber));
        Assert.DoesNotContain(_bench.Data.Path, reply.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_error_of_the_operation_arrives_whole()
    {
        using var reply = await _bench.Owners.GetOrAdd("a.bim").InvokeAsync(Bench.Call("getModelProps"), CancellationToken.None).For("the reply");
        Assert.Equal(new RpcError("Not Found", "element not found", 65574), reply.Error! with { Properties = default });
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(reply.Error.Properties.Span));
    }

    [Fact]
    public async Task InvokeAsync_unforeseen_failure_is_rejected_without_inside_knowledge()
    {
        Assert.Equal("Rejected: InternalError: The request failed inside the server.", await _bench.AskAsync("a.bim", "nonsense"));
    }

    [Fact]
    public async Task InvokeAsync_cancelled_ends_at_once_and_gives_its_place_back()
    {
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 6).Select(_ => _bench.AskAsync("a.bim", "queryRows", cancellationToken: cancel.Token)).ToArray();
        await _bench.Log.WhenAsync("invoked queryRows", 4);
        await cancel.CancelAsync();
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.For("a cancelled call"));
        Assert.Equal("[1]", await _bench.AskAsync("a.bim", "getElementProps", "[1]"));
        Assert.Equal(0, _bench.Owners.GetOrAdd("a.bim").Status.CallsInFlight);
    }

    [Fact]
    public async Task InvokeAsync_longer_than_allowed_is_rejected()
    {
        var time = new ManualTime();
        await using var bench = new Bench(o => o.CallTimeout = TimeSpan.FromSeconds(30), time: time);
        bench.Data.Write("a.bim", "A");
        var call = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("Rejected: Timeout: The request took longer than the 30 s that it may take.", await call);
    }

    [Fact]
    public async Task InvokeAsync_only_a_version_with_a_changeset_may_be_kept_by_caches()
    {
        _bench.Data.Write("fixed.bim", "F", changesetId: "abc");
        foreach (var (key, expected) in new[] { ("fixed.bim", RpcFreshness.Fixed), ("a.bim", RpcFreshness.Live) })
        {
            using var reply = await _bench.Owners.GetOrAdd(key).InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None).For("the reply");
            Assert.Equal(expected, reply.Freshness);
        }
    }

    [Fact]
    public async Task Status_sessions_are_who_called()
    {
        var owner = _bench.Owners.GetOrAdd("a.bim");
        foreach (var session in new[] { "s1", "s2", "s1", "" })
            (await owner.InvokeAsync(Bench.Call("getElementProps", session: session), CancellationToken.None).For("the reply")).Dispose();
        Assert.Equal([("s1", 2L), ("s2", 1L)], owner.Status.Sessions.Select(s => (s.SessionId, s.Calls)));
        owner.EndSession("s1");
        Assert.Equal(["s2"], owner.Status.Sessions.Select(s => s.SessionId));
    }

    [Fact]
    public async Task DisposeAsync_waits_for_the_calls_in_flight_then_closes()
    {
        var owner = _bench.Owners.GetOrAdd("a.bim");
        var call = _bench.AskAsync("a.bim", "queryRows");
        await _bench.Log.WhenAsync("invoked queryRows");
        var released = _bench.Owners.ReleaseAsync(owner);
        Assert.Equal(0, _bench.Log.Count("closed a.bim"));
        await Assert.ThrowsAsync<IModelBusyException>(() => owner.InvokeAsync(Bench.Call("getElementProps"), CancellationToken.None));

        _bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await call.For("the call in flight"));
        await released.For("the release");
        Assert.Equal(1, _bench.Log.Count("closed a.bim"));
    }
}
