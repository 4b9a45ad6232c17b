namespace ITwinOrleans.Grains.Live.Sessions;

/// <summary>
/// The sessions of one iModel. One ends when its Api says so, or when its Api has not read the feed for long: then the Api is gone, and all its
/// sessions with it.
/// </summary>
internal sealed class SessionRegistry(int maxSessions, TimeSpan sessionTime, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _relays = new(StringComparer.Ordinal);

    /// <summary>How many sessions are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _sessions.Count;
        }
    }

    /// <summary>Adds a session, or replaces it.</summary>
    /// <returns>False when there are too many.</returns>
    public bool TryAdd(LiveSession session)
    {
        lock (_lock)
        {
            if (_sessions.Count >= maxSessions && !_sessions.ContainsKey(session.Id))
                return false;
            _sessions[session.Id] = session;
            _relays[session.Relay] = time.GetUtcNow();
            return true;
        }
    }

    /// <summary>The session, or null.</summary>
    public LiveSession? Find(string id)
    {
        lock (_lock)
            return _sessions.GetValueOrDefault(id);
    }

    /// <summary>Removes a session that said good-bye.</summary>
    public bool Remove(string id)
    {
        lock (_lock)
            return _sessions.Remove(id);
    }

    /// <summary>An Api reads the feed: its sessions live.</summary>
    public void See(string relay)
    {
        if (relay.Length == 0)
            return;
        lock (_lock)
            _relays[relay] = time.GetUtcNow();
    }

    /// <summary>Removes the sessions of Apis that were silent too long, and forgets those Apis.</summary>
    public IReadOnlyList<string> RemoveSilent()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var silent = _relays.Where(r => now - r.Value >= sessionTime).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
            string[] gone = [.. _sessions.Values.Where(s => silent.Contains(s.Relay)).Select(s => s.Id)];
            foreach (var id in gone)
                _sessions.Remove(id);
            foreach (var relay in silent)
                _relays.Remove(relay);
            return gone;
        }
    }

    /// <summary>Whether an Api read the feed lately.</summary>
    public bool IsRead
    {
        get
        {
            lock (_lock)
                return _relays.Count > 0;
        }
    }
}
