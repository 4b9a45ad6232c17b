using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Supervision;

public sealed class WorkerStartTests
{
    [Fact]
    public async Task Call_whenTheHandlerCannotBeMade_failsWithItsErrorAndStartsAreRepeated()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.RestartDelay = TimeSpan.FromMilliseconds(1), "--fail-start"));
        var lost = await FailToStartAsync(worker);
        Assert.Contains("the engine is missing", lost.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 1", lost.Message, StringComparison.Ordinal);
        await worker.UntilAsync(WorkerState.Starting, generation: 3);
    }

    [Fact]
    public async Task Call_whenTheWorkerIsNotReadyInTime_fails()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.ReadyTimeout = TimeSpan.FromSeconds(2), "--hang-start"));
        var lost = await FailToStartAsync(worker);
        Assert.Contains("not ready within 2 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_whenThereIsNoSuchProgram_failsNamingIt()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.Program = "/nowhere/worker"));
        var lost = await FailToStartAsync(worker);
        Assert.Contains("/nowhere/worker", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_toAWorkerOfAnotherVersion_failsAndBothSidesSayWhy()
    {
        var logger = new RecordingLogger<WorkerProcess>();
        await using var worker = TestWorkers.Start(TestWorkers.Options(null, "--rogue", "9", "own"), logger);
        var lost = await FailToStartAsync(worker);
        Assert.Contains("answered: ", lost.Message, StringComparison.Ordinal);
        Assert.Contains("speaks version 9 of the protocol, its owner version 1", lost.Message, StringComparison.Ordinal);
        Assert.Contains("was refused: The worker speaks version 9", logger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_toAPeerWithAWrongToken_failsAndThePeerIsRefused()
    {
        var logger = new RecordingLogger<WorkerProcess>();
        await using var worker = TestWorkers.Start(TestWorkers.Options(null, "--rogue", "1", new string('0', 64)), logger);
        await FailToStartAsync(worker);
        Assert.Contains("was refused: The peer is not the worker that was started here.", logger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_beforeTheWorkerIsReady_waitsForIt()
    {
        await using var worker = TestWorkers.Start();
        Assert.Equal(WorkerState.Starting, worker.State);
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
    }

    [Fact]
    public async Task Call_aboveTheNumberThatMayWaitForAStart_isRefused()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.MaxWaiting = 1, "--hang-start"));
        using var cancellation = new CancellationTokenSource();
        var waiting = worker.SendAsync("echo", cancellationToken: cancellation.Token);
        var refused = await Assert.ThrowsAsync<WorkerOverloadedException>(() => worker.SendAsync("echo"));
        Assert.Equal(WorkerLimit.CallsWaiting, refused.Limit);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Worker_onceReady_hasNoTokenInItsEnvironmentAndNoSocketInTheFolder()
    {
        var folder = Directory.CreateTempSubdirectory("w-");
        try
        {
            await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.SocketDirectory = folder.FullName));
            Assert.Equal("none", await worker.AskAsync("token"));
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void PrivateSocket_whileItExists_isInAFolderForThisUserOnly()
    {
        var folder = Directory.CreateTempSubdirectory("w-");
        try
        {
            using (var socket = new PrivateSocket(folder.FullName))
            {
                var mode = File.GetUnixFileMode(Path.GetDirectoryName(socket.Path)!);
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
                Assert.Equal(PrivateSocket.NameBytes, socket.Path.Length - folder.FullName.Length - 1);
            }
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Backoff_overLossesInARow_isNothingThenDoublesUpToTheMaximumAndStartsAnewAfterAStableTime()
    {
        var backoff = new RestartBackoff(new WorkerOptions(), new Random(1));
        Assert.Equal(TimeSpan.Zero, backoff.Next(TimeSpan.FromSeconds(5)));
        foreach (var most in new[] { 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30 })
            Assert.InRange(backoff.Next(TimeSpan.FromSeconds(5)).TotalSeconds, most * 0.75, most);
        Assert.Equal(TimeSpan.Zero, backoff.Next(TimeSpan.FromMinutes(2)));
    }

    private static async Task<WorkerLostException> FailToStartAsync(WorkerProcess worker)
    {
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => Wait.ForAsync(worker.SendAsync("echo"), "the call to fail"));
        Assert.Equal(WorkerLossReason.StartFailed, lost.Reason);
        Assert.False(lost.MayHaveRun);
        return lost;
    }
}
