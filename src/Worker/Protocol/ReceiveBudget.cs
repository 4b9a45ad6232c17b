namespace ITwinOrleans.Worker.Protocol;

/// <summary>Bounds the bytes that were received and not yet given back: above the limit the receiving side stops reading.</summary>
/// <remarks>One body is always let through, so that a message of any allowed size can pass.</remarks>
internal sealed class ReceiveBudget(long limit)
{
    // Not a Lock: it is waited on.
    private readonly object _sync = new();
    private long _taken;
    private bool _isClosed;

    /// <summary>True while the receiving side waits for memory to come back: silence is then no sign of a hung peer.</summary>
    public bool IsExhausted { get; private set; }

    public void Take(int bytes)
    {
        lock (_sync)
            _taken += bytes;
    }

    public void Return(int bytes)
    {
        lock (_sync)
        {
            _taken -= bytes;
            if (IsExhausted)
                Monitor.PulseAll(_sync);
        }
    }

    /// <summary>Ends the wait for room; nothing will be received any more.</summary>
    public void Close()
    {
        lock (_sync)
        {
            _isClosed = true;
            Monitor.PulseAll(_sync);
        }
    }

    /// <summary>Blocks the receiving thread until a body of that size fits.</summary>
    /// <exception cref="OperationCanceledException">It was closed.</exception>
    public void WaitForRoom(int bytes)
    {
        lock (_sync)
        {
            while (!_isClosed)
            {
                IsExhausted = _taken > 0 && _taken + bytes > limit;
                if (!IsExhausted)
                    return;
                Monitor.Wait(_sync);
            }
        }
        throw new OperationCanceledException("The connection was closed.");
    }
}
