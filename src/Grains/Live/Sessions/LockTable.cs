using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Sessions;

/// <summary>Which elements are locked for writing, by which session. A lock ends with its session.</summary>
internal sealed class LockTable(int maxPerSession)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveLock> _locks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _bySession = new(StringComparer.Ordinal);

    /// <summary>Whether a session other than this one has locked anything, so that its writes have to be looked at.</summary>
    public bool HasForeign(string session)
    {
        lock (_lock)
            return _bySession.Count > 1 || (_bySession.Count == 1 && !_bySession.ContainsKey(session));
    }

    /// <summary>Locks all of the elements, or none.</summary>
    /// <returns>Why not; null when they are locked.</returns>
    public LiveRefusal? TryLock(string session, LiveUser user, IReadOnlyCollection<string> ids)
    {
        lock (_lock)
        {
            if (ForeignOf(session, ids) is { Count: > 0 } foreign)
                return Refuse(foreign);
            var own = _bySession.GetValueOrDefault(session) ?? new HashSet<string>(StringComparer.Ordinal);
            if (own.Count + ids.Count(id => !own.Contains(id)) > maxPerSession)
                return new LiveRefusal(LiveRefusals.TooLarge, $"A session may lock {maxPerSession} elements. Unlock some first.");
            foreach (var id in ids)
            {
                own.Add(id);
                _locks[id] = new LiveLock(id, session, user);
            }

            if (own.Count > 0)
                _bySession[session] = own;
            return null;
        }
    }

    /// <summary>Unlocks those of the elements that the session has locked.</summary>
    public void Unlock(string session, IEnumerable<string> ids)
    {
        lock (_lock)
        {
            if (!_bySession.TryGetValue(session, out var own))
                return;
            foreach (var id in ids.Where(own.Remove))
                _locks.Remove(id);
            if (own.Count == 0)
                _bySession.Remove(session);
        }
    }

    /// <summary>Ends all locks of a session.</summary>
    public void End(string session)
    {
        lock (_lock)
        {
            if (_bySession.Remove(session, out var own))
            {
                foreach (var id in own)
                    _locks.Remove(id);
            }
        }
    }

    /// <summary>Says why a session may not write these elements; null when it may.</summary>
    public LiveRefusal? Check(string session, IEnumerable<string> ids)
    {
        lock (_lock)
            return ForeignOf(session, ids) is { Count: > 0 } foreign ? Refuse(foreign) : null;
    }

    /// <summary>All elements that sessions other than this one have locked.</summary>
    public IReadOnlyList<LiveLock> Foreign(string session)
    {
        lock (_lock)
            return [.. _locks.Values.Where(l => l.Session != session)];
    }

    private List<LiveLock> ForeignOf(string session, IEnumerable<string> ids) =>
        [.. ids.Select(_locks.GetValueOrDefault).OfType<LiveLock>().Where(l => l.Session != session)];

    private static LiveRefusal Refuse(List<LiveLock> foreign) => new(
        LiveRefusals.Locked,
        foreign.Count == 1 ? $"{foreign[0].User.Name} has locked the element {foreign[0].Id}." : $"{foreign.Count} of the elements are locked by others.",
        Locks: foreign);
}
