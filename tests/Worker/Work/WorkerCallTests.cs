using System.Text;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Work;

/// <summary>What both kinds of worker promise.</summary>
public sealed class WorkerCallTests
{
    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_withJsonAndBinaries_getsTheHandlersAnswer(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        var random = new Random(1);
        foreach (var sizes in new int[][] { [], [0], [1, 0, 5], [16 * 1024 - 1], [16 * 1024, 1], [70_000, 0, 300_000, 3], [5_000_000] })
        {
            var binaries = sizes.Select(size => (ReadOnlyMemory<byte>)Bytes(random, size)).ToList();
            var json = Bytes(random, sizes.Length * 9001);
            using var response = await Wait.ForAsync(
                worker.CallAsync(new WorkRequest { Operation = "echo", Json = json, Binaries = binaries }, CancellationToken.None), "the echo");
            Assert.True(response.Json.Span.SequenceEqual(json));
            Assert.Equal(sizes.Length, response.Binaries.Count);
            for (var i = 0; i < sizes.Length; i++)
                Assert.True(response.Binaries[i].Span.SequenceEqual(binaries[i].Span), $"part {i} of {sizes.Length}");
        }
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_whoseWorkFails_throwsTheHandlersErrorAndTheNextWorks(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        var failed = await Assert.ThrowsAsync<WorkFailedException>(() => worker.SendAsync("fail"));
        Assert.Equal("NotFound", failed.Name);
        Assert.Equal("The element is not there.", failed.Message);
        Assert.Equal("{\"id\":\"0x1\"}", Encoding.UTF8.GetString(failed.Details.Span));

        var bug = await Assert.ThrowsAsync<WorkFailedException>(() => worker.SendAsync("bug"));
        Assert.Equal(WorkFailedException.InternalError, bug.Name);
        Assert.Equal("InvalidDataException: unexpected", bug.Message);
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_cancelled_failsAtOnceAndReachesTheHandler(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        using var cancellation = new CancellationTokenSource();
        var call = worker.SendAsync("wait", "1", cancellation.Token);
        await events.UntilEventAsync("waiting", "1");
        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await events.UntilEventAsync("cancelled", "1");
        Assert.Equal(1, await worker.AskNumberAsync("cancelled"));
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_cancelledBefore_isNotMade(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.SendAsync("abort", cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Calls_tenThousandAtOnce_eachGetTheirOwnAnswer(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        // On the thread pool: the test runner's own context takes a millisecond per continuation.
        await Wait.ForAsync(Task.Run(() => Task.WhenAll(Enumerable.Range(0, 10_000).Select(async i =>
        {
            using var response = await worker.SendAsync(i % 2 == 0 ? "echo" : "yield", $"{i}");
            Assert.Equal($"{i}", Encoding.UTF8.GetString(response.Json.Span));
        }))), "10,000 answers");
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Calls_inFlight_areAnsweredInTheOrderTheyFinish(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        var first = worker.SendAsync("wait", "1");
        var second = worker.SendAsync("wait", "2");
        await worker.AskAsync("release", "2");
        (await Wait.ForAsync(second, "the second call")).Dispose();
        Assert.False(first.IsCompleted);
        await worker.AskAsync("release", "1");
        (await Wait.ForAsync(first, "the first call")).Dispose();
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Calls_aboveTheLimitInFlight_waitForAPlaceAndThenRun(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode, options =>
        {
            options.MaxInFlight = 2;
            options.MaxWaiting = 1;
        });
        await worker.AskAsync("echo");
        using var cancellation = new CancellationTokenSource();
        var first = worker.SendAsync("wait", "1", cancellation.Token);
        var second = worker.SendAsync("wait", "2", cancellation.Token);
        var third = worker.SendAsync("echo", "3");
        var refused = await Assert.ThrowsAsync<WorkerOverloadedException>(() => worker.SendAsync("echo", "4"));
        Assert.Equal(WorkerLimit.CallsWaiting, refused.Limit);
        Assert.False(refused.MayHaveRun);
        Assert.False(third.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        (await Wait.ForAsync(third, "the third call")).Dispose();
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_withCorrelationId_carriesItToTheHandler(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode);
        using var response = await worker.CallAsync(new WorkRequest { Operation = "correlation", CorrelationId = "a-b-ü" }, CancellationToken.None);
        Assert.Equal("a-b-ü", Encoding.UTF8.GetString(response.Json.Span));
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_largerThanALimit_isRefusedNamingItAndTheNextWorks(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode, options => options.MaxEventBytes = options.MaxMessageBytes = 1024 * 1024);
        var tooLarge = await Assert.ThrowsAsync<WorkerOverloadedException>(
            () => worker.CallAsync(new WorkRequest { Operation = "echo", Json = new byte[1024 * 1024] }, CancellationToken.None));
        Assert.Equal(WorkerLimit.MessageSize, tooLarge.Limit);
        Assert.False(tooLarge.MayHaveRun);

        var longName = await Assert.ThrowsAsync<WorkerOverloadedException>(() => worker.SendAsync(new string('x', WorkRequest.MaxOperationBytes + 1)));
        Assert.Equal(WorkerLimit.MessageShape, longName.Limit);
        var manyParts = await Assert.ThrowsAsync<WorkerOverloadedException>(() => worker.CallAsync(
            new WorkRequest { Operation = "echo", Binaries = new ReadOnlyMemory<byte>[WorkRequest.MaxBinaries + 1] }, CancellationToken.None));
        Assert.Equal(WorkerLimit.MessageShape, manyParts.Limit);
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
    }

    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Call_whoseAnswerIsTooLarge_failsSayingThatItRanAndTheNextWorks(WorkerMode mode)
    {
        await using var worker = TestWorkers.Start(mode, options => options.MaxEventBytes = options.MaxMessageBytes = 1024 * 1024);
        var tooLarge = await Assert.ThrowsAsync<WorkerOverloadedException>(() => worker.SendAsync("big", "2000000"));
        Assert.Equal(WorkerLimit.MessageSize, tooLarge.Limit);
        Assert.True(tooLarge.MayHaveRun);
        Assert.Equal("1", await worker.AskAsync("echo", "1"));
        if (mode == WorkerMode.Process)
            Assert.Equal("0,0", await worker.AskAsync("outstanding"));
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
