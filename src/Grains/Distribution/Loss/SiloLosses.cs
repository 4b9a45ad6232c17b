namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Tells the calls of an Api that wait for a silo when one is lost: Orleans tells only those that went straight to it.</summary>
/// <remarks>
/// A call goes to one silo, the gateway, and from there to the owner's. When either dies or hangs, nothing answers, and the call would wait for its timeout; which
/// silos a call went through is Orleans' secret. So the loss of any silo is told to every call that is on its way.
/// </remarks>
internal sealed class SiloLosses : IDisposable
{
    // Whoever knows of a loss tells it to Orleans too, which then stops sending to that silo.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private readonly ITimer _timer;
    private TaskCompletionSource _next = NewSignal();

    public SiloLosses(TimeProvider time) => _timer = time.CreateTimer(_ => Lost(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Completes with the next loss after now.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>A silo is gone, or counts as gone, and Orleans hears of it at this moment.</summary>
    public void LostSoon() => _timer.Change(Soon, Timeout.InfiniteTimeSpan);

    /// <summary>A silo is gone, and Orleans knows.</summary>
    public void Lost() => Interlocked.Exchange(ref _next, NewSignal()).SetResult();

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
