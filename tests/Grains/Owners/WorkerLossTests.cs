using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Owners;

public sealed class WorkerLossTests : IAsyncLifetime
{
    private readonly Bench _bench = new();

    public Task InitializeAsync()
    {
        _bench.Data.Write("a.bim", "A");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await Waiting.Until(() => _bench.Log.LivePayloads == 0, "payloads of lost calls to be released");
    }

    [Fact]
    public async Task Worker_dies_under_a_read_the_read_is_repeated_and_answered()
    {
        var call = _bench.AskAsync("a.bim", "queryRows");
        await _bench.Log.WhenAsync("invoked queryRows");
        _bench.Pool.WorkerOf("a.bim").Kill();
        await _bench.Log.WhenAsync("invoked queryRows", 2);
        _bench.Log.Hold.Open();

        Assert.Equal("\"held\"", await call);
        Assert.Equal(2, _bench.Log.Count("opened a.bim"));
    }

    [Fact]
    public async Task Worker_dies_under_100_reads_it_is_opened_once_more_and_all_are_answered()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => _bench.AskAsync("a.bim", "queryRows")).ToArray();
        await _bench.Log.WhenAsync("invoked queryRows", 32);
        _bench.Pool.WorkerOf("a.bim").Kill();
        _bench.Log.Hold.Open();

        Assert.All(await Task.WhenAll(calls).For("100 answers"), a => Assert.Equal("\"held\"", a));
        Assert.Equal(2, _bench.Log.Count("opened a.bim"));
    }

    [Fact]
    public async Task Worker_dies_under_a_call_that_is_not_known_to_be_a_read_it_is_not_repeated()
    {
        var call = _bench.Owners.GetOrAdd("a.bim").InvokeAsync(
            Bench.Call("insertElement", @interface: "MyEditRpcInterface"), CancellationToken.None);
        await _bench.Log.WhenAsync("invoked insertElement");
        _bench.Pool.WorkerOf("a.bim").Kill();

        using var reply = await call.For("the refusal");
        Assert.Equal("OutcomeUnknown", reply.Error!.Name);
        Assert.Equal(1, _bench.Log.Count("invoked insertElement"));
    }

    [Fact]
    public async Task Worker_dies_between_calls_the_next_one_opens_again_even_if_it_is_no_read()
    {
        await _bench.AskAsync("a.bim", "getConnectionProps");
        _bench.Pool.WorkerOf("a.bim").Kill();
        _bench.Log.Hold.Open();
        using var reply = await _bench.Owners.GetOrAdd("a.bim").InvokeAsync(
            Bench.Call("insertElement", @interface: "MyEditRpcInterface"), CancellationToken.None).For("the reply");
        Assert.Equal("\"held\"", Bench.Text(reply));
        Assert.Equal(1, _bench.Limit.Count);
    }

    [Fact]
    public async Task Worker_dies_every_time_the_call_is_rejected_after_its_retries()
    {
        var call = _bench.AskAsync("a.bim", "queryRows");
        for (var death = 1; death <= 3; death++)
        {
            await _bench.Log.WhenAsync("invoked queryRows", death);
            _bench.Pool.WorkerOf("a.bim").Kill();
        }

        Assert.StartsWith("Rejected: WorkerLost", await call, StringComparison.Ordinal);
        _bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await _bench.AskAsync("a.bim", "queryRows"));
    }

    [Fact]
    public async Task Worker_dies_while_opening_the_opening_is_repeated()
    {
        _bench.Log.OpenGate.Shut();
        var call = _bench.AskAsync("a.bim", "getConnectionProps");
        await _bench.Log.WhenAsync("opening a.bim");
        _bench.Pool.WorkerOf("a.bim").Kill();
        await _bench.Log.WhenAsync("opening a.bim", 2);
        _bench.Log.OpenGate.Open();
        Assert.Equal("\"A\"", await call);
    }

    [Fact]
    public async Task Worker_dies_the_iModels_of_another_never_notice()
    {
        await using var bench = new Bench(workers: 2);
        bench.Data.Write("a.bim", "A");
        bench.Data.Write("b.bim", "B");
        Assert.NotSame(bench.Pool.WorkerOf("a.bim"), bench.Pool.WorkerOf("b.bim"));
        await bench.AskAsync("b.bim", "getConnectionProps");
        var held = bench.AskAsync("b.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        bench.Pool.WorkerOf("a.bim").Kill();
        bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await held);
        Assert.Equal(1, bench.Log.Count("opened b.bim"));
    }
}
