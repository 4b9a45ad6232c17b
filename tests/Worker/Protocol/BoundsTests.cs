using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Tests.Support;
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
        budget.WaitForRoom(1000);
        var first = PooledBuffer.Rent(1000, budget);
        var room = Task.Run(() => budget.WaitForRoom(1));
        await Wait.ForAsync(Task.Run(() => SpinWait.SpinUntil(() => budget.IsExhausted)), "reading to wait for memory");
        Assert.False(room.IsCompleted);
        first.Dispose();
        first.Dispose();
        await Wait.ForAsync(room, "room for what was received");
        Assert.False(budget.IsExhausted);
        using var second = PooledBuffer.Rent(99, budget);
        budget.WaitForRoom(1);
    }

    [Fact]
    public async Task Budget_closed_endsTheWait()
    {
        var budget = new ReceiveBudget(100);
        using var first = PooledBuffer.Rent(1000, budget);
        var room = Task.Run(() => budget.WaitForRoom(1));
        await Wait.ForAsync(Task.Run(() => SpinWait.SpinUntil(() => budget.IsExhausted)), "reading to wait for memory");
        budget.Close();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Wait.ForAsync(room, "the end of the wait"));
    }
}
