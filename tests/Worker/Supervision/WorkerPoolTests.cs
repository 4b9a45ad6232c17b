using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.TestWorker;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Worker.Tests.Supervision;

public sealed class WorkerPoolTests
{
    [Fact]
    public async Task GetWorker_forManyKeys_spreadsThemAndIsStable()
    {
        await using var pool = Create(options => options.SharedWorkers = 3);
        Assert.Empty(pool.Workers);
        var workers = Enumerable.Range(0, 100).Select(i => pool.GetWorker($"imodel-{i}")).ToList();
        Assert.Equal(3, pool.Workers.Count);
        Assert.Equal(3, workers.Distinct().Count());
        Assert.Equal(workers, Enumerable.Range(0, 100).Select(i => pool.GetWorker($"imodel-{i}")));
        Assert.All(workers.CountBy(worker => worker), count => Assert.InRange(count.Value, 15, 60));
    }

    [Fact]
    public async Task StartShared_startsThemAllAndOnce()
    {
        await using var pool = Create(o => o.SharedWorkers = 3);
        var first = pool.GetWorker("a");

        pool.StartShared();
        pool.StartShared();

        Assert.Equal(3, pool.Workers.Distinct().Count());
        Assert.Contains(first, pool.Workers);
        Assert.Same(first, pool.GetWorker("a"));
        await Task.WhenAll(pool.Workers.Select(worker => worker.UntilAsync(WorkerState.Ready)));
    }

    [Fact]
    public async Task Dedicate_forAKey_givesItAProcessOfItsOwnUntilItIsReleased()
    {
        await using var pool = Create(options =>
        {
            options.SharedWorkers = 1;
            options.MaxDedicatedWorkers = 1;
        });
        var shared = pool.GetWorker("a");
        var own = pool.Dedicate("a");
        Assert.NotSame(shared, own);
        Assert.Same(own, pool.Dedicate("a"));
        Assert.Same(own, pool.GetWorker("a"));
        Assert.Same(shared, pool.GetWorker("b"));
        Assert.NotEqual(await shared.AskNumberAsync("pid"), await own.AskNumberAsync("pid"));
        Assert.Equal(WorkerLimit.DedicatedWorkers, Assert.Throws<WorkerOverloadedException>(() => pool.Dedicate("b")).Limit);

        await Wait.ForAsync(pool.ReleaseAsync("a", default), "the release");
        Assert.Equal(WorkerState.Stopped, own.State);
        Assert.Same(shared, pool.GetWorker("a"));
        await pool.ReleaseAsync("a", default);
    }

    [Fact]
    public async Task Pool_inProcess_hasOneWorkerForAll()
    {
        await using var pool = Create(options =>
        {
            options.Mode = WorkerMode.InProcess;
            options.SharedWorkers = 3;
        });
        Assert.Same(pool.GetWorker("a"), pool.GetWorker("b"));
        Assert.Same(pool.GetWorker("a"), pool.Dedicate("c"));
        Assert.Equal(Environment.ProcessId, await pool.GetWorker("a").AskNumberAsync("pid"));
    }

    [Fact]
    public async Task Pool_drained_startsNothingMore()
    {
        await using var pool = Create(options => options.SharedWorkers = 2);
        var worker = pool.GetWorker("a");
        await worker.AskAsync("echo");
        await Wait.ForAsync(pool.DrainAsync(default), "the drain");
        Assert.Equal(WorkerState.Stopped, worker.State);
        Assert.Throws<WorkerLostException>(() => pool.Dedicate("x"));
    }

    [Fact]
    public async Task AddWorkerPool_withSettings_makesAPoolOfThemAndRefusesWrongOnes()
    {
        await using var services = new ServiceCollection().AddLogging().AddWorkerPool(options => options.Program = TestWorkers.Options().Program).BuildServiceProvider();
        Assert.Equal("1", await services.GetRequiredService<IWorkerPool>().GetWorker("a").AskAsync("echo", "1"));

        await using var wrong = new ServiceCollection().AddLogging().AddWorkerPool(options => options.SharedWorkers = 0).BuildServiceProvider();
        Assert.Contains("SharedWorkers", Assert.Throws<OptionsValidationException>(wrong.GetRequiredService<IWorkerPool>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_thatCannotWork_areRefusedEachByName()
    {
        var result = new WorkerOptionsValidator().Validate(null, new WorkerOptions
        {
            SharedWorkers = 0,
            MaxMessageBytes = 1,
            SocketDirectory = new string('x', 100),
            HangLimit = TimeSpan.Zero,
        });
        Assert.True(result.Failed);
        foreach (var name in new[] { "SharedWorkers", "MaxMessageBytes", "SocketDirectory", "HangLimit", "MaxEventBytes" })
            Assert.Contains(name, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("MaxInFlight", result.FailureMessage, StringComparison.Ordinal);
    }

    private static WorkerPool Create(Action<WorkerOptions> change) => new(
        Options.Create(TestWorkers.Options(change)), NullLoggerFactory.Instance, TimeProvider.System, (events, _) => TestHandler.CreateAsync(events, []));
}
