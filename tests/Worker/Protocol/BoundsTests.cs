using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Protocol;

public sealed class BoundsTests
{
    [Fact]
    public async Task Gate_aboveItsBytes_letsCallsInInOrder()
    {
        var gate = new CallGate(maxCalls: 10, maxBytes: 100, maxWaiting: 10);
        await gate.EnterAsync(60, default);
        var large = gate.EnterAsync(50, default);
        var small = gate.EnterAsync(1, default);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        gate.Exit(60);
        await large;
        await small;
        Assert.Equal(2, gate.Count);
    }

    [Fact]
    public async Task Gate_forACallLargerThanAllItsBytes_letsItInAlone()
    {
        var gate = new CallGate(maxCalls: 10, maxBytes: 100, maxWaiting: 10);
        await gate.EnterAsync(1000, default);
        var next = gate.EnterAsync(1, default);
        Assert.False(next.IsCompleted);
        gate.Exit(1000);
        await next;
    }

    [Fact]
    public async Task Gate_whoseWaiterGivesUp_letsTheNextIn()
    {
        var gate = new CallGate(maxCalls: 2, maxBytes: 100, maxWaiting: 10);
        await gate.EnterAsync(90, default);
        using var cancellation = new CancellationTokenSource();
        var large = gate.EnterAsync(90, cancellation.Token);
        var small = gate.EnterAsync(1, default);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large.AsTask());
        await small;
    }

    [Fact]
    public async Task Gate_closed_refusesEntriesAndIsEmptyWhenTheLastHasLeft()
    {
        var gate = new CallGate(maxCalls: 1, maxBytes: 100, maxWaiting: 10);
        await gate.EnterAsync(1, default);
        var waiting = gate.EnterAsync(1, default);
        gate.Close(() => new WorkerProtocolException("closed"));
        await Assert.ThrowsAsync<WorkerProtocolException>(() => gate.EnterAsync(1, default).AsTask());
        var empty = gate.WhenEmptyAsync();
        gate.Exit(1);
        await waiting;
        Assert.False(empty.IsCompleted);
        gate.Exit(1);
        await empty;
    }

    [Fact]
    public async Task Budget_exhausted_letsReadingWaitUntilMemoryComesBack()
    {
        var budget = new ReceiveBudget(100);
        await budget.WaitForRoomAsync(1000, default);
        var first = PooledBuffer.Rent(1000, budget);
        var room = budget.WaitForRoomAsync(1, default);
        Assert.False(room.IsCompleted);
        Assert.True(budget.IsExhausted);
        first.Dispose();
        first.Dispose();
        await room;
        Assert.False(budget.IsExhausted);
        using var second = PooledBuffer.Rent(99, budget);
        await budget.WaitForRoomAsync(1, default);
    }
}
