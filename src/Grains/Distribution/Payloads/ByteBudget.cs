namespace ITwinOrleans.Grains.Distribution.Payloads;

/// <summary>Bounds the bytes that are held at once: who needs more than is left waits in line. One that is larger than everything goes alone.</summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _used;

    /// <summary>The bytes that are held.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
                return _used;
        }
    }

    /// <summary>Waits for room. Dispose what it returns when the bytes are gone.</summary>
    public async Task<IDisposable> EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            if (_waiting.Count == 0 && Fits(bytes))
                return Take(bytes);
            node = _waiting.AddLast(new Waiter(bytes));
        }

        try
        {
            return await node.Value.Entered.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(node);
            throw;
        }
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= limit;

    private Share Take(long bytes)
    {
        _used += bytes;
        return new Share(this, bytes);
    }

    private void GiveUp(LinkedListNode<Waiter> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
                _waiting.Remove(node);
            else
                _used -= node.Value.Bytes; // It got in while it gave up.
            Admit();
        }
    }

    private void Return(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first && Fits(first.Value.Bytes))
        {
            _waiting.RemoveFirst();
            first.Value.Entered.SetResult(Take(first.Value.Bytes));
        }
    }

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource<IDisposable> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Share(ByteBudget budget, long bytes) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
                budget.Return(bytes);
        }
    }
}
