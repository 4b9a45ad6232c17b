using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;
using Xunit.Abstractions;

namespace ITwinOrleans.Worker.Tests.Supervision;

public sealed class WorkerEndTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Drain_withACallInFlight_letsItFinishAndRefusesNewOnes(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        var inFlight = worker.SendAsync("wait", "1");
        await events.UntilEventAsync("waiting", "1");
        using var cancellation = new CancellationTokenSource();
        var releaser = worker.SendAsync("cancel-releases", "1", cancellation.Token);
        var draining = worker.UntilAsync(WorkerState.Draining);
        var drain = worker.DrainAsync(default);
        await draining;

        var refused = await Assert.ThrowsAsync<WorkerLostException>(() => worker.SendAsync("echo"));
        Assert.Equal(WorkerLossReason.Stopped, refused.Reason);
        Assert.False(refused.MayHaveRun);
        Assert.False(inFlight.IsCompleted);
        Assert.False(drain.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => releaser);
        using var response = await Wait.ForAsync(inFlight, "the call in flight");
        Assert.Equal("1", System.Text.Encoding.UTF8.GetString(response.Json.Span));
        await Wait.ForAsync(drain, "the drain");
        Assert.Equal(WorkerState.Stopped, worker.State);
    }

    [Fact]
    public async Task Drain_ofAnIdleWorker_disposesTheHandlerAndEndsTheProcessInOrder()
    {
        var logger = new RecordingLogger<WorkerProcess>();
        await using var worker = TestWorkers.Start(logger: logger);
        using var process = Process.GetProcessById((int)await worker.AskNumberAsync("pid"));
        await Wait.ForAsync(worker.DrainAsync(default), "the drain");
        await Wait.ForAsync(process.WaitForExitAsync(), "the process to end");

        Assert.Equal(WorkerState.Stopped, worker.State);
        Assert.Contains("handler disposed", logger.Text, StringComparison.Ordinal);
        Assert.Contains("stopped with exit code 0", logger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logger.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Drain_whoseCallsDoNotEnd_killsTheProcessAfterTheTimeout()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.DrainTimeout = TimeSpan.FromMilliseconds(200)));
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        var inFlight = worker.SendAsync("wait", "1");
        await events.UntilEventAsync("waiting", "1");
        await Wait.ForAsync(worker.DrainAsync(default), "the drain");
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => inFlight);
        Assert.Equal(WorkerLossReason.Stopped, lost.Reason);
        Assert.True(lost.MayHaveRun);
    }

    [Fact]
    public async Task Dispose_withACallInFlight_failsItAndEndsTheProcess()
    {
        var worker = TestWorkers.Start();
        using var process = Process.GetProcessById((int)await worker.AskNumberAsync("pid"));
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        var inFlight = worker.SendAsync("wait", "1");
        await events.UntilEventAsync("waiting", "1");
        await Wait.ForAsync(worker.DisposeAsync().AsTask(), "the disposal");
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => inFlight);
        Assert.Equal(WorkerLossReason.Stopped, lost.Reason);
        await Wait.ForAsync(process.WaitForExitAsync(), "the process to end");
        Assert.False(await events.MoveNextAsync());
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_whileStarting_endsAndFailsWaitingCalls()
    {
        var worker = TestWorkers.Start(TestWorkers.Options(null, "--hang-start"));
        var waiting = worker.SendAsync("echo");
        await Wait.ForAsync(worker.DisposeAsync().AsTask(), "the disposal");
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => waiting);
        Assert.Equal(WorkerLossReason.Stopped, lost.Reason);
        Assert.False(lost.MayHaveRun);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("--busy")]
    public async Task Worker_whoseParentIsKilled_ends(string state)
    {
        var folder = Directory.CreateTempSubdirectory("w-");
        var start = new ProcessStartInfo(TestWorkers.Options().Program)
        {
            RedirectStandardOutput = true,
            ArgumentList = { "parent", folder.FullName, state },
        };
        using var parent = Process.Start(start)!;
        try
        {
            var line = await Wait.ForAsync(parent.StandardOutput.ReadLineAsync(), "the worker of the process in between");
            using var worker = Process.GetProcessById(int.Parse(line!, CultureInfo.InvariantCulture));
            var clock = Stopwatch.StartNew();
            Signals.Send(parent.Id, Signals.Kill);
            await Wait.ForAsync(worker.WaitForExitAsync(), "the worker to end");
            output.WriteLine($"{state}: the worker ended after {clock.Elapsed.TotalMilliseconds:F0} ms");
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            parent.Kill();
            folder.Delete(recursive: true);
        }
    }
}
