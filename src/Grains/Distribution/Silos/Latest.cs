namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>Something that costs to fetch: asked for by many at once, it is fetched once, and kept for a moment.</summary>
internal sealed class Latest<T>(Func<Task<T>> fetch, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task<T>? _latest;
    private long _asked;

    /// <summary>The latest, or what is being fetched.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && time.GetElapsedTime(_asked) > Age))
            {
                _asked = time.GetTimestamp();
                _latest = fetch();
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }
}
