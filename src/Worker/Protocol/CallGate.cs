using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>Bounds what is in flight to one worker: a number of calls, and the bytes of their requests. A number of further ones waits, in order.</summary>
/// <remarks>A call larger than all the bytes allowed goes alone.</remarks>
internal sealed class CallGate(int maxCalls, long maxBytes, int maxWaiting)
{
    private readonly Lock _sync = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private int _calls;
    private long _bytes;
    private Func<WorkerException>? _closed;
    private TaskCompletionSource? _empty;

    /// <summary>Calls inside, or waiting to get in.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
                return _calls + _waiters.Count;
        }
    }

    /// <summary>Completes inside; each entry is followed by one <see cref="Exit"/> with the same size.</summary>
    /// <exception cref="WorkerException">The gate is closed, for the reason it was closed with; or too many wait already.</exception>
    public ValueTask EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_sync)
        {
            if (_closed is not null)
                throw _closed();
            if (_waiters.Count == 0 && Fits(bytes))
            {
                _calls++;
                _bytes += bytes;
                return ValueTask.CompletedTask;
            }
            if (_waiters.Count >= maxWaiting)
                throw new WorkerOverloadedException(WorkerLimit.CallsWaiting, $"Already {maxWaiting} calls wait for the worker.");
            waiter = new Waiter(bytes);
            waiter.Node = _waiters.AddLast(waiter);
        }
        return WaitAsync(waiter, cancellationToken);
    }

    public void Exit(long bytes)
    {
        lock (_sync)
        {
            _calls--;
            _bytes -= bytes;
            Admit();
        }
    }

    /// <summary>Refuses further entries; those waiting still get in.</summary>
    public void Close(Func<WorkerException> reason)
    {
        lock (_sync)
            _closed ??= reason;
    }

    /// <summary>Refuses further entries and those waiting.</summary>
    public void Abort(Func<WorkerException> reason)
    {
        lock (_sync)
        {
            _closed = reason;
            foreach (var waiter in _waiters)
                waiter.SetException(reason());
            _waiters.Clear();
            Admit();
        }
    }

    /// <summary>Completes when nobody is inside or waiting. Meant for a closed gate.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_sync)
        {
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_calls == 0 && _waiters.Count == 0)
                _empty.TrySetResult();
            return _empty.Task;
        }
    }

    private async ValueTask WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(_ => Leave(waiter, cancellationToken), null))
            await waiter.Task.ConfigureAwait(false);
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            if (!waiter.TrySetCanceled(cancellationToken))
                return;
            _waiters.Remove(waiter.Node!);
            Admit();
        }
    }

    private bool Fits(long bytes) => _calls == 0 || (_calls < maxCalls && _bytes + bytes <= maxBytes);

    private void Admit()
    {
        while (_waiters.First is { } first && Fits(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            _calls++;
            _bytes += first.Value.Bytes;
            first.Value.SetResult();
        }
        if (_calls == 0 && _waiters.Count == 0)
            _empty?.TrySetResult();
    }

    private sealed class Waiter(long bytes) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Bytes { get; } = bytes;

        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
