using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Bounds how many iModels a silo has open: makes room by closing the idle one that was not used for longest.</summary>
public sealed class OpenIModelLimit(IOptions<OwnerOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Slot> _slots = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _waiting;

    /// <summary>How many are open (or being opened or closed).</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>Takes a slot; dispose it when the iModel is closed.</summary>
    /// <exception cref="IModelBusyException">All that may be open are in use, and stayed so.</exception>
    internal async Task<IDisposable> EnterAsync(ISlotHolder holder, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + options.Value.OpenPatience;
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                Task changed;
                ISlotHolder? victim;
                lock (_lock)
                {
                    if (_slots.Count < options.Value.MaxOpenIModels)
                        return Take(holder);
                    victim = _slots.Select(s => s.Holder).Where(h => h.IsIdle).MinBy(h => h.LastUsed);
                    changed = _changed.Task;
                }

                if (victim is null || !await victim.CloseIfIdleAsync().ConfigureAwait(false))
                    await WaitAsync(changed, deadline, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Tells those who wait that an iModel may have become idle.</summary>
    internal void Pulse()
    {
        if (Volatile.Read(ref _waiting) == 0)
            return;
        lock (_lock)
            Signal();
    }

    private Slot Take(ISlotHolder holder)
    {
        var slot = new Slot(this, holder);
        _slots.Add(slot);
        return slot;
    }

    private void Return(Slot slot)
    {
        lock (_lock)
        {
            if (_slots.Remove(slot))
                Signal();
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private async Task WaitAsync(Task changed, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        try
        {
            var left = deadline - time.GetUtcNow();
            await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new IModelBusyException(
                $"All {options.Value.MaxOpenIModels} iModels that may be open at once are in use.", options.Value.RetryAfter, exception);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Slot(OpenIModelLimit limit, ISlotHolder holder) : IDisposable
    {
        public ISlotHolder Holder => holder;

        public void Dispose() => limit.Return(this);
    }
}
