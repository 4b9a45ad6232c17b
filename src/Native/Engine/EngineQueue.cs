namespace ITwinOrleans.Native;

/// <summary>What the engine thread does next: pieces of work in order, and the host's pump when other threads asked for it.</summary>
internal sealed class EngineQueue
{
    // The system takes longer to wake a thread than a small call takes here. So the engine's thread looks for more for about 0.1 ms before it sleeps, and lets
    // others have its core now and then. A single core it would only keep from who brings more.
    private const int LooksBeforeYield = 8, SpinsPerLook = 20;
    private static readonly int Looks = Environment.ProcessorCount > 1 ? 150 : 0;

    private readonly object _lock = new();
    private readonly Queue<Action> _work = new();
    private bool _pump;
    private bool _closed;
    private volatile bool _hasMore;

    /// <summary>Adds a piece of work; false when the queue is closed.</summary>
    public bool TryAdd(Action work)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            _work.Enqueue(work);
            _hasMore = true;
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Asks for the host's pump. Comes from native threads too.</summary>
    public void RequestPump()
    {
        lock (_lock)
        {
            _pump = _hasMore = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>No more work is taken; what is queued still runs.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = _hasMore = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits for what to do next; false when the queue is closed and empty.</summary>
    public bool Take(out bool pump, out Action? work)
    {
        Look();
        lock (_lock)
        {
            while (!_pump && _work.Count == 0 && !_closed)
                Monitor.Wait(_lock);
            pump = _pump;
            _pump = false;
            _work.TryDequeue(out work);
            _hasMore = _work.Count > 0;
            return pump || work is not null;
        }
    }

    private void Look()
    {
        for (int look = 1; look <= Looks && !_hasMore; look++)
        {
            Thread.SpinWait(SpinsPerLook);
            if (look % LooksBeforeYield == 0)
                Thread.Yield();
        }
    }
}
