using System.Diagnostics;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Xunit.Abstractions;

namespace ITwinOrleans.Worker.Tests.Supervision;

public sealed class WorkerLossTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("SIGKILL", WorkerLossReason.Died, "signal 9")]
    [InlineData("SIGSTOP", WorkerLossReason.Hung, "stopped")]
    [InlineData("hoard", WorkerLossReason.MemoryExceeded, "memory")]
    [InlineData("failfast", WorkerLossReason.Died, "signal 6")]
    [InlineData("abort", WorkerLossReason.Died, "signal 6")]
    [InlineData("segv", WorkerLossReason.Died, "signal 11")]
    public async Task Call_inFlightWhenWorkerIsLost_failsAtOnceAndWorkerIsReplaced(string fault, WorkerLossReason reason, string cause)
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.MemoryCeilingBytes = 400L * 1024 * 1024));
        await using var neighbour = TestWorkers.Start();
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        await using var neighboursEvents = neighbour.ReadEventsAsync(default).GetAsyncEnumerator();
        var inFlight = worker.SendAsync("wait", "1");
        var neighboursCall = neighbour.SendAsync("wait", "1");
        await events.UntilEventAsync("waiting", "1");
        await neighboursEvents.UntilEventAsync("waiting", "1");
        var firstProcess = worker.ProcessId!.Value;
        var replaced = worker.UntilAsync(WorkerState.Ready, generation: 2);

        var clock = Stopwatch.StartNew();
        switch (fault)
        {
            case "SIGKILL":
                Signals.Send(firstProcess, Signals.Kill);
                break;
            case "SIGSTOP":
                Signals.Send(firstProcess, Signals.Stop);
                break;
            default:
                _ = worker.SendAsync(fault, "600").ContinueWith(call => call.Exception, TaskScheduler.Default);
                break;
        }
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => Wait.ForAsync(inFlight, "the call in flight to fail"));
        var failedAfter = clock.Elapsed;
        await replaced;
        output.WriteLine($"{fault}: call failed after {failedAfter.TotalMilliseconds:F0} ms, replaced after {clock.Elapsed.TotalMilliseconds:F0} ms");

        Assert.Equal(reason, lost.Reason);
        Assert.True(lost.MayHaveRun);
        Assert.Equal(1, lost.Generation);
        Assert.Contains(cause, lost.Message, StringComparison.Ordinal);
        Assert.NotEqual(firstProcess, await worker.AskNumberAsync("pid"));
        Assert.Equal(2, worker.Generation);

        Assert.False(neighboursCall.IsCompleted);
        await neighbour.AskAsync("release", "1");
        (await Wait.ForAsync(neighboursCall, "the neighbour's call")).Dispose();
        Assert.Equal(1, neighbour.Generation);
    }

    [Fact]
    public async Task Worker_whoseEngineTakesNoTurn_isReplaced()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.EngineHangLimit = TimeSpan.FromSeconds(1)));
        await worker.AskAsync("hang-engine");
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => Wait.ForAsync(worker.SendAsync("wait", "1"), "the call to fail"));

        Assert.Equal(WorkerLossReason.Hung, lost.Reason);
        Assert.Contains("engine", lost.Message, StringComparison.Ordinal);
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
    }

    [Fact]
    public async Task Worker_whoseEngineIsBusyForLessThanTheLimit_stays()
    {
        await using var worker = TestWorkers.Start();
        await worker.AskAsync("hang-engine");
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
        Assert.Equal(1, worker.Generation);
    }

    [Fact]
    public async Task Worker_thatExits_isLoggedWithExitCodeAndLastOutput()
    {
        var logger = new RecordingLogger<WorkerProcess>();
        await using var worker = TestWorkers.Start(logger: logger);
        await Assert.ThrowsAsync<WorkerLostException>(() => Wait.ForAsync(worker.SendAsync("exit", "42"), "the call to fail"));
        await worker.UntilAsync(WorkerState.Ready, generation: 2);

        var loss = Assert.Single(logger.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Error);
        Assert.Contains("exit code 42", loss.Message, StringComparison.Ordinal);
        Assert.Contains("about to exit", loss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_repeatedAtOnceAfterALoss_runsInTheNextGeneration()
    {
        await using var worker = TestWorkers.Start();
        var first = await worker.AskNumberAsync("pid");
        await Assert.ThrowsAsync<WorkerLostException>(() => Wait.ForAsync(worker.SendAsync("abort"), "the call to fail"));
        Assert.NotEqual(first, await worker.AskNumberAsync("pid"));
    }

    [Fact]
    public async Task StateChanged_overALoss_tellsEachStateOnceInOrder()
    {
        await using var worker = TestWorkers.Start();
        await worker.UntilAsync(WorkerState.Ready);
        List<WorkerStateChange> changes = [];
        worker.StateChanged += change =>
        {
            lock (changes)
                changes.Add(change);
        };
        var replaced = worker.UntilAsync(WorkerState.Ready, generation: 2);
        Signals.Send(worker.ProcessId!.Value, Signals.Kill);
        await replaced;
        await worker.DrainAsync(default);

        lock (changes)
        {
            Assert.Equal(
                [
                    (WorkerState.Restarting, 1, WorkerLossReason.Died), (WorkerState.Starting, 2, null), (WorkerState.Ready, 2, null),
                    (WorkerState.Draining, 2, null), (WorkerState.Stopped, 2, null),
                ],
                changes.Select(change => (change.State, change.Generation, change.Loss)));
        }
    }
}
