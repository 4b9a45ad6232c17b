using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.TestWorker;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Work;

/// <summary>Every answer's memory is given back exactly once, on both sides, whatever becomes of the call.</summary>
[Collection(SerialCollection.Name)]
public sealed class WorkerMemoryTests
{
    [Fact]
    public async Task Results_readAndDisposedTwice_areReleasedOnceOnBothSides()
    {
        var before = PooledBuffer.Outstanding;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var worker = TestWorkers.Start();
        foreach (var size in new[] { 10, 20_000, 100_000, 3_000_000 })
        {
            var response = await Wait.ForAsync(worker.SendAsync("big", $"{size}"), $"a result of {size} bytes");
            Assert.Equal(size, response.Binaries[0].Length);
            Assert.Equal(-1, response.Binaries[0].Span[..^1].IndexOfAnyExcept((byte)0x31));
            Assert.Equal(0x32, response.Binaries[0].Span[^1]);
            response.Dispose();
            response.Dispose();
        }
        // The worker gives a result's memory back behind having sent it: a question may overtake that.
        string outstanding;
        do
            outstanding = await Wait.ForAsync(worker.AskAsync("outstanding"), "what the worker still holds");
        while (outstanding != "0,0" && !patience.IsCancellationRequested);
        Assert.Equal("0,0", outstanding);
        Assert.Equal(before, PooledBuffer.Outstanding);
    }

    [Fact]
    public async Task Results_ofCancelledCalls_areReleased()
    {
        var before = PooledBuffer.Outstanding;
        await using var worker = TestWorkers.Start();
        await worker.AskAsync("echo");
        for (var i = 0; i < 200; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = worker.SendAsync("big", "100000", cancellation.Token);
            await cancellation.CancelAsync();
            try
            {
                (await call).Dispose();
            }
            catch (OperationCanceledException)
            {
                // Which of the two comes first is open; both have to give the memory back.
            }
        }
        // Its answer comes behind those of all calls that were sent before; a cancelled one may still be running.
        await worker.DrainAsync(default);
        Assert.Equal(before, PooledBuffer.Outstanding);
    }

    [Fact]
    public async Task Results_inProcess_areReleasedOnceEvenWhenNobodyWaits()
    {
        var before = NativeBlock.Outstanding;
        var worker = TestWorkers.Start(WorkerMode.InProcess);
        for (var i = 0; i < 100; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = worker.SendAsync("big", "1000", cancellation.Token);
            await cancellation.CancelAsync();
            try
            {
                (await call).Dispose();
            }
            catch (OperationCanceledException)
            {
                // As above.
            }
        }
        await worker.DisposeAsync();
        Assert.Equal(before, NativeBlock.Outstanding);
        Assert.Equal(0, NativeBlock.ReleasedTwice);
    }

    [Fact]
    public async Task Memory_ofAnswersInFlightWhenTheWorkerDies_isReleased()
    {
        var before = PooledBuffer.Outstanding;
        await using (var worker = TestWorkers.Start())
        {
            await worker.AskAsync("echo");
            var calls = Enumerable.Range(0, 20).Select(_ => worker.SendAsync("big", "1000000")).ToList();
            calls.Add(worker.SendAsync("abort"));
            foreach (var call in calls)
            {
                try
                {
                    (await Wait.ForAsync(call, "a call to end")).Dispose();
                }
                catch (WorkerLostException)
                {
                    // Some were answered before the end, some not.
                }
            }
        }
        Assert.Equal(before, PooledBuffer.Outstanding);
    }

    [Fact]
    public async Task Result_of500MB_passes()
    {
        await using var worker = TestWorkers.Start();
        using var response = await Wait.ForAsync(worker.SendAsync("big", $"{500 * 1024 * 1024}"), "a result of 500 MB");
        Assert.Equal(500 * 1024 * 1024, response.Binaries[0].Length);
        Assert.Equal(0x32, response.Binaries[0].Span[^1]);
    }
}
