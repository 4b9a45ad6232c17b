namespace ITwinOrleans.Worker.Protocol;

/// <summary>Bounds the bytes that were received and not yet given back: above the limit the receiving side stops reading.</summary>
/// <remarks>One body is always let through, so that a message of any allowed size can pass.</remarks>
internal sealed class ReceiveBudget(long limit)
{
    private readonly Lock _sync = new();
    private long _taken;
    private TaskCompletionSource? _room;

    /// <summary>True while the receiving side waits for memory to come back: silence is then no sign of a hung peer.</summary>
    public bool IsExhausted { get; private set; }

    public void Take(int bytes)
    {
        lock (_sync)
            _taken += bytes;
    }

    public void Return(int bytes)
    {
        TaskCompletionSource? room;
        lock (_sync)
        {
            _taken -= bytes;
            if (_room is null)
                return;
            room = _room;
            _room = null;
        }
        room.SetResult();
    }

    /// <summary>Completes when a body of that size fits.</summary>
    public async ValueTask WaitForRoomAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_sync)
            {
                IsExhausted = _taken > 0 && _taken + bytes > limit;
                if (!IsExhausted)
                    return;
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
