using System.Collections.Concurrent;

namespace ITwinOrleans.Grains.Distribution.Loss;

/// <summary>Tells the calls of an Api that wait for a silo when that silo is lost: Orleans tells only those that went straight to it.</summary>
/// <remarks>
/// A call goes to whichever silo is the gateway and from there to the owner's; when the owner's dies or hangs, nothing answers, and the call would wait for its
/// timeout. The Api remembers which silo answered for an iModel last (<see cref="Answered"/>), and takes that one for the silo it waits for. A call for which nobody
/// answered yet waits for any silo.
/// </remarks>
internal sealed class SiloLosses
{
    private readonly ConcurrentDictionary<string, string> _homes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Wait, byte> _waits = new();

    /// <summary>A silo answered for an iModel.</summary>
    public void Answered(string key, string silo)
    {
        if (silo.Length > 0 && (!_homes.TryGetValue(key, out var known) || known != silo))
            _homes[key] = silo;
    }

    /// <summary>A call begins to wait. Dispose what it returns when the call has ended.</summary>
    public Wait Begin(string key)
    {
        var wait = new Wait(this, key);
        _waits.TryAdd(wait, 0);
        return wait;
    }

    /// <summary>A silo is gone, or counts as gone.</summary>
    public void Lost(string silo)
    {
        foreach (var wait in _waits.Keys)
        {
            var home = _homes.GetValueOrDefault(wait.Key);
            if (home is null || home == silo)
                wait.Lose(isCertain: home is not null);
        }

        foreach (var (key, home) in _homes)
        {
            if (home == silo)
                _homes.TryRemove(KeyValuePair.Create(key, home));
        }
    }

    /// <summary>One call that waits.</summary>
    internal sealed class Wait(SiloLosses losses, string key) : IDisposable
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        /// <summary>Completes when the silo that it waits for is lost, or may be.</summary>
        public Task Lost => _lost.Task;

        /// <summary>Whether it surely waited for the lost silo.</summary>
        public bool IsCertain { get; private set; }

        public void Lose(bool isCertain)
        {
            IsCertain = isCertain;
            _lost.TrySetResult();
        }

        public void Dispose() => losses._waits.TryRemove(this, out _);
    }
}
