namespace ITwinOrleans.Grains.Owners;

/// <summary>Lets so many calls run and so many wait, in order of arrival; refuses the rest.</summary>
internal sealed class CallGate(int maxConcurrent, int maxQueued, TimeSpan retryAfter)
{
    private readonly SemaphoreSlim _room = new(maxConcurrent, maxConcurrent);
    private int _queued;

    /// <summary>The calls that are running.</summary>
    public int Running => maxConcurrent - _room.CurrentCount;

    /// <summary>The calls that wait.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Waits for room. Dispose what it returns when the call has ended.</summary>
    /// <exception cref="IModelBusyException">Too many wait already.</exception>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        if (_room.Wait(0, CancellationToken.None))
            return new Pass(_room);
        try
        {
            if (Interlocked.Increment(ref _queued) > maxQueued)
                throw new IModelBusyException($"Too many requests for this iModel at once: {maxConcurrent} are running and {maxQueued} waiting.", retryAfter);
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Pass(_room);
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    /// <summary>The right of one call to run.</summary>
    public readonly struct Pass(SemaphoreSlim room) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => room.Release();
    }
}
