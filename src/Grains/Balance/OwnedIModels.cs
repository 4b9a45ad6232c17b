namespace ITwinOrleans.Grains.Balance;

/// <summary>Counts what comes to the owners of a silo, and remembers the last iModels that it owned.</summary>
public sealed class OwnedIModels
{
    private const int MaxWarm = 256;

    private readonly Lock _lock = new();
    private readonly LinkedList<string> _warm = [];
    private long _calls;

    /// <summary>How many calls came.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>The keys of iModels whose owner was here and is gone, the last one first.</summary>
    public IReadOnlyList<string> Warm
    {
        get
        {
            lock (_lock)
                return [.. _warm];
        }
    }

    /// <summary>A call came.</summary>
    public void CountCall() => Interlocked.Increment(ref _calls);

    /// <summary>An iModel has an owner here.</summary>
    public void Come(string key)
    {
        lock (_lock)
            _warm.Remove(key);
    }

    /// <summary>Its owner is gone.</summary>
    public void Leave(string key)
    {
        lock (_lock)
        {
            _warm.Remove(key);
            _warm.AddFirst(key);
            if (_warm.Count > MaxWarm)
                _warm.RemoveLast();
        }
    }
}
