namespace ITwinOrleans.Native;

/// <summary>What the engine thread does next: pieces of work in order, and the host's pump when other threads asked for it.</summary>
internal sealed class EngineQueue
{
    private readonly object _lock = new();
    private readonly Queue<Action> _work = new();
    private bool _pump;
    private bool _closed;

    /// <summary>Adds a piece of work; false when the queue is closed.</summary>
    public bool TryAdd(Action work)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            _work.Enqueue(work);
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Asks for the host's pump. Comes from native threads too.</summary>
    public void RequestPump()
    {
        lock (_lock)
        {
            _pump = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>No more work is taken; what is queued still runs.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits for what to do next; false when the queue is closed and empty.</summary>
    public bool Take(out bool pump, out Action? work)
    {
        lock (_lock)
        {
            while (!_pump && _work.Count == 0 && !_closed)
                Monitor.Wait(_lock);
            pump = _pump;
            _pump = false;
            _work.TryDequeue(out work);
            return pump || work is not null;
        }
    }
}
