using System.Globalization;
using System.Text;
using ITwinOrleans.Worker.Supervision;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Work;

public sealed class WorkerEventTests
{
    [Theory]
    [InlineData(WorkerMode.Process)]
    [InlineData(WorkerMode.InProcess)]
    public async Task Events_whileNobodyReads_makeThePublisherWaitButNotCallsAndNoneIsLost(WorkerMode mode)
    {
        const int Count = 2_000;
        await using var worker = TestWorkers.Start(mode, options => options.MaxUnreadEvents = 16);
        var emitting = worker.SendAsync("emit", $"{Count}");
        // 16 are with the reader's side, 64 with the sender's: the publisher cannot be done however long it has.
        for (var i = 0; i < 100; i++)
            Assert.Equal($"{i}", await worker.AskAsync("echo", $"{i}"));
        Assert.False(emitting.IsCompleted);

        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        for (var i = 0; i < Count; i++)
        {
            Assert.True(await Wait.ForAsync(events.MoveNextAsync().AsTask(), $"event {i}"));
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(events.Current.Json.Span));
            Assert.Equal(1, events.Current.Generation);
        }
        (await Wait.ForAsync(emitting, "the publisher")).Dispose();
    }

    [Fact]
    public async Task Events_unreadWhenTheWorkerIsLost_stayAndTheNextGenerationsFollow()
    {
        await using var worker = TestWorkers.Start(TestWorkers.Options(options => options.MaxUnreadEvents = 4));
        await worker.AskAsync("emit", "4");
        // The answer to a later call says nothing about events under way; the fifth one waits for the reader.
        var emitting = worker.SendAsync("emit", "3");
        await using var events = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        for (var i = 0; i < 7; i++)
            Assert.True(await Wait.ForAsync(events.MoveNextAsync().AsTask(), $"event {i}"));
        (await Wait.ForAsync(emitting, "the publisher")).Dispose();

        var replaced = worker.UntilAsync(WorkerState.Ready, generation: 2);
        Signals.Send(worker.ProcessId!.Value, Signals.Kill);
        await replaced;
        var afterwards = worker.SendAsync("emit", "200");
        for (var i = 0; i < 200; i++)
        {
            Assert.True(await Wait.ForAsync(events.MoveNextAsync().AsTask(), $"event {i} of the second generation"));
            Assert.Equal(2, events.Current.Generation);
        }
        (await Wait.ForAsync(afterwards, "the publisher")).Dispose();
    }

    [Fact]
    public async Task Events_readTwiceAtATime_areRefusedToTheSecondReader()
    {
        await using var worker = TestWorkers.Start();
        var emitting = worker.SendAsync("emit", "1");
        await using var first = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        await using var second = worker.ReadEventsAsync(default).GetAsyncEnumerator();
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.MoveNextAsync().AsTask());
        (await emitting).Dispose();
    }
}
