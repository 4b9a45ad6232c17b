using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Owners;

/// <summary>The frontends that use one iModel. There is no message that says a frontend left, so one that is silent for long counts as gone.</summary>
internal sealed class SessionTable(int maxSessions, TimeSpan sessionTime, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionInfo> _sessions = new(StringComparer.Ordinal);

    /// <summary>Notes a call. Calls without a session id belong to nobody.</summary>
    public void Touch(RpcActivity activity)
    {
        if (activity.SessionId.Length == 0)
            return;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_sessions.TryGetValue(activity.SessionId, out var session))
            {
                _sessions[activity.SessionId] = session with { LastSeen = now, Calls = session.Calls + 1 };
                return;
            }

            RemoveSilent(now);
            if (_sessions.Count >= maxSessions)
                _sessions.Remove(_sessions.MinBy(s => s.Value.LastSeen).Key);
            _sessions.Add(activity.SessionId, new SessionInfo(activity.SessionId, activity.ApplicationId, activity.ApplicationVersion, now, now, 1));
        }
    }

    /// <summary>Forgets a session that said good-bye.</summary>
    public void Remove(string sessionId)
    {
        lock (_lock)
            _sessions.Remove(sessionId);
    }

    /// <summary>Who was seen lately, oldest first.</summary>
    public IReadOnlyList<SessionInfo> Snapshot()
    {
        lock (_lock)
        {
            RemoveSilent(time.GetUtcNow());
            return [.. _sessions.Values.OrderBy(s => s.FirstSeen)];
        }
    }

    private void RemoveSilent(DateTimeOffset now)
    {
        foreach (var id in _sessions.Where(s => now - s.Value.LastSeen >= sessionTime).Select(s => s.Key).ToArray())
            _sessions.Remove(id);
    }
}
