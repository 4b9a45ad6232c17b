using ITwinOrleans.Backend.Work;

namespace ITwinOrleans.Backend.Tests.Work;

public sealed class PendingWorkTests
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20), Keep = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task GetAsync_asked_at_once_runs_once()
    {
        var work = new PendingWork<string>(After, Keep, _time);
        var done = new TaskCompletionSource<string>();
        int starts = 0;
        Task<string?>[] asked = [.. Enumerable.Range(0, 5).Select(_ => work.GetAsync("a", () => { starts++; return done.Task; }, default))];
        done.SetResult("x");
        Assert.All(await Task.WhenAll(asked).WaitAsync(Patience), static result => Assert.Equal("x", result));
        Assert.Equal((1, 0), (starts, work.Count));
    }

    [Fact]
    public async Task GetAsync_long_work_is_pending_and_found_by_the_next_request()
    {
        var work = new PendingWork<string>(After, Keep, _time);
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?> first = work.GetAsync("a", () => done.Task, default);
        _time.Advance(After);
        Assert.Null(await first.WaitAsync(Patience));
        done.SetResult("x");
        Assert.Equal("x", await work.GetAsync("a", static () => throw new InvalidOperationException("started twice"), default).WaitAsync(Patience));
        Assert.Equal(0, work.Count);
    }

    [Fact]
    public async Task GetAsync_work_that_fails_is_started_anew()
    {
        var work = new PendingWork<string>(After, Keep, _time);
        await Assert.ThrowsAsync<FormatException>(() => work.GetAsync("a", static () => Task.FromException<string>(new FormatException()), default));
        Assert.Equal("x", await work.GetAsync("a", static () => Task.FromResult("x"), default));
    }

    [Fact]
    public async Task GetAsync_cancelled_ends_the_waiting_and_not_the_work()
    {
        var work = new PendingWork<string>(After, Keep, _time);
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new CancellationTokenSource();
        Task<string?> first = work.GetAsync("a", () => done.Task, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Task<string?> second = work.GetAsync("a", static () => throw new InvalidOperationException("started twice"), default);
        done.SetResult("x");
        Assert.Equal("x", await second.WaitAsync(Patience));
    }
}
