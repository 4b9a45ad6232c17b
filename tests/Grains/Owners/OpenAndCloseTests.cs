using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Owners;

public sealed class OpenAndCloseTests
{
    [Fact]
    public async Task CloseIdleAsync_closes_what_was_not_used_and_the_next_call_opens_it_again()
    {
        var time = new ManualTime();
        await using var bench = new Bench(o => o.IdleTime = TimeSpan.FromMinutes(1), time: time);
        bench.Data.Write("idle.bim", "Idle");
        bench.Data.Write("used.bim", "Used");
        await bench.AskAsync("idle.bim", "getConnectionProps");
        time.Advance(TimeSpan.FromSeconds(50));
        await bench.AskAsync("used.bim", "getConnectionProps");
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(1, await bench.Owners.CloseIdleAsync().For("the closing"));
        Assert.Equal(IModelState.Closed, bench.Owners.GetOrAdd("idle.bim").Status.State);
        Assert.Equal(IModelState.Open, bench.Owners.GetOrAdd("used.bim").Status.State);
        Assert.Equal("\"Idle\"", await bench.AskAsync("idle.bim", "getConnectionProps"));
        Assert.Equal(2, bench.Owners.GetOrAdd("idle.bim").Status.Openings);
    }

    [Fact]
    public async Task CloseIdleAsync_call_in_flight_keeps_it_open()
    {
        var time = new ManualTime();
        await using var bench = new Bench(o => o.CallTimeout = TimeSpan.FromHours(1), time: time);
        bench.Data.Write("a.bim", "A");
        var call = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await bench.Owners.CloseIdleAsync().For("the look"));
        bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await call);
    }

    [Fact]
    public async Task InvokeAsync_one_more_than_may_be_open_closes_the_least_recently_used()
    {
        var time = new ManualTime();
        await using var bench = new Bench(o => o.MaxOpenIModels = 2, time: time);
        foreach (var key in new[] { "a.bim", "b.bim", "c.bim" })
            bench.Data.Write(key, key);
        foreach (var key in new[] { "a.bim", "b.bim", "a.bim", "c.bim" })
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await bench.AskAsync(key, "getConnectionProps");
        }

        Assert.Equal(2, bench.Limit.Count);
        Assert.Equal(IModelState.Open, bench.Owners.GetOrAdd("a.bim").Status.State);
        Assert.Equal(IModelState.Closed, bench.Owners.GetOrAdd("b.bim").Status.State);
        Assert.Equal(1, bench.Log.Count("closed b.bim"));
    }

    [Fact]
    public async Task InvokeAsync_all_that_may_be_open_are_in_use_waits_for_one_to_become_idle()
    {
        await using var bench = new Bench(o => o.MaxOpenIModels = 1);
        bench.Data.Write("a.bim", "A");
        bench.Data.Write("b.bim", "B");
        var held = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        var waits = bench.AskAsync("b.bim", "getConnectionProps");
        await Waiting.Until(() => bench.Owners.GetOrAdd("b.bim").Status.State == IModelState.Opening, "b to wait for its turn");
        Assert.Equal(0, bench.Log.Count("opening b.bim"));

        bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await held);
        Assert.Equal("\"B\"", await waits);
        Assert.Equal(1, bench.Limit.Count);
    }

    [Fact]
    public async Task InvokeAsync_all_that_may_be_open_stay_in_use_is_refused()
    {
        var time = new ManualTime();
        await using var bench = new Bench(o => o.MaxOpenIModels = 1, time: time);
        bench.Data.Write("a.bim", "A");
        bench.Data.Write("b.bim", "B");
        var held = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        var refused = bench.AskAsync("b.bim", "getConnectionProps");
        await Waiting.Until(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return refused.IsCompleted;
            },
            "b to be refused");
        var exception = await Assert.ThrowsAsync<IModelBusyException>(() => refused);
        Assert.Contains("in use", exception.Message, StringComparison.Ordinal);
        bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await held);
    }

    [Fact]
    public async Task InvokeAsync_50_iModels_in_turns_under_a_bound_of_5_never_has_more_open()
    {
        await using var bench = new Bench(o => o.MaxOpenIModels = 5, workers: 3);
        var keys = Enumerable.Range(0, 50).Select(i => $"m{i}.bim").ToArray();
        foreach (var key in keys)
            bench.Data.Write(key, key);
        var most = 0;
        var random = new Random(7);
        var asked = Enumerable.Range(0, 400).Select(_ => keys[random.Next(keys.Length)]).ToArray();
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) =>
        {
            Assert.Equal($"\"{key}\"", await bench.AskAsync(key, "getConnectionProps"));
            InterlockedMax(ref most, bench.Limit.Count);
        }).For("400 calls");
        Assert.InRange(most, 1, 5);
        Assert.InRange(bench.Log.Lines.Count(l => l.StartsWith("opened", StringComparison.Ordinal))
            - bench.Log.Lines.Count(l => l.StartsWith("closed", StringComparison.Ordinal)), 1, 5);
    }

    [Fact]
    public async Task File_replaced_while_open_the_next_call_sees_the_new_one_and_the_old_one_is_closed()
    {
        await using var bench = new Bench();
        var id = Guid.NewGuid().ToString();
        bench.Data.Write("a.bim", "Old", id);
        Assert.Equal("\"Old\"", await bench.AskAsync("a.bim", "getConnectionProps"));
        bench.Data.Write("a.bim", "New", id);
        bench.Catalog.Refresh("a.bim");

        await bench.Log.WhenAsync("closed a.bim");
        Assert.Equal("\"New\"", await bench.AskAsync("a.bim", "getConnectionProps"));
        Assert.Equal(1, bench.Limit.Count);
    }

    [Fact]
    public async Task File_replaced_under_a_call_in_flight_the_call_ends_on_the_old_one()
    {
        await using var bench = new Bench();
        bench.Data.Write("a.bim", "Old");
        var held = bench.AskAsync("a.bim", "queryRows");
        await bench.Log.WhenAsync("invoked queryRows");
        bench.Data.Write("a.bim", "New");
        bench.Catalog.Refresh("a.bim");
        var next = bench.AskAsync("a.bim", "getConnectionProps");
        Assert.Equal(0, bench.Log.Count("closed a.bim"));

        bench.Log.Hold.Open();
        Assert.Equal("\"held\"", await held);
        Assert.Equal("\"New\"", await next);
    }

    [Fact]
    public async Task File_replaced_while_it_is_opened_the_new_one_answers()
    {
        await using var bench = new Bench();
        bench.Data.Write("a.bim", "Old");
        bench.Log.OpenGate.Shut();
        var call = bench.AskAsync("a.bim", "getConnectionProps");
        await bench.Log.WhenAsync("opening a.bim");
        bench.Data.Write("a.bim", "New");
        bench.Catalog.Refresh("a.bim");
        bench.Log.OpenGate.Open();
        Assert.Equal("\"New\"", await call);
        Assert.Equal(1, bench.Limit.Count);
    }

    [Fact]
    public async Task File_removed_while_open_is_closed_and_not_found()
    {
        await using var bench = new Bench();
        bench.Data.Write("a.bim", "A");
        await bench.AskAsync("a.bim", "getConnectionProps");
        File.Delete(bench.Data.PathOf("a.bim"));
        bench.Catalog.Refresh("a.bim");
        await bench.Log.WhenAsync("closed a.bim");
        Assert.StartsWith("NotFound", await bench.AskAsync("a.bim", "getConnectionProps"), StringComparison.Ordinal);
        Assert.Equal(0, bench.Limit.Count);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
