using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>Which commit changed an entity last, of recent commits; for the conflict check without reading records.</summary>
/// <param name="capacity">The most entities that are remembered.</param>
internal sealed class RecentChanges(int capacity)
{
    private readonly Dictionary<ulong, Change> _changes = [];
    private readonly Queue<(long Sequence, ulong[] Ids)> _commits = new();
    private int _count;

    /// <summary>Commits up to this one are not remembered.</summary>
    public long From { get; private set; }

    /// <summary>Begins anew after a commit.</summary>
    public void Reset(long from)
    {
        _changes.Clear();
        _commits.Clear();
        (_count, From) = (0, from);
    }

    /// <summary>Remembers a commit, the newest, and forgets the oldest when there are too many.</summary>
    public void Add(long sequence, string session, LiveUser user, ulong[] ids)
    {
        foreach (ulong id in ids)
        {
            bool known = _changes.TryGetValue(id, out Change change);
            var made = new Author(sequence, session, user);
            _changes[id] = !known ? new Change(made, null) : change.Last.Session == session ? change with { Last = made } : new Change(made, change.Last);
        }

        _commits.Enqueue((sequence, ids));
        _count += ids.Length;
        while (_count > capacity && _commits.TryDequeue(out (long Sequence, ulong[] Ids) oldest))
            Forget(oldest);
    }

    /// <summary>What sessions other than this one did to entities after a sequence that is not before <see cref="From"/>.</summary>
    public IEnumerable<LiveConflict> Find(IEnumerable<ulong> ids, long after, string session)
    {
        foreach (ulong id in ids)
        {
            if (!_changes.TryGetValue(id, out Change change))
                continue;
            Author? other = change.Last.Session == session ? change.OfAnother : change.Last;
            if (other is not null && other.Sequence > after)
                yield return new LiveConflict(Id64.FromNumber(id), other.Sequence, other.User);
        }
    }

    /// <summary>Whether any session changed one of the entities after a sequence; true when it cannot be told.</summary>
    public bool MayBeChanged(IEnumerable<ulong> ids, long after) =>
        after < From || ids.Any(id => _changes.TryGetValue(id, out Change change) && change.Last.Sequence > after);

    private void Forget((long Sequence, ulong[] Ids) commit)
    {
        _count -= commit.Ids.Length;
        From = commit.Sequence;
        foreach (ulong id in commit.Ids)
        {
            if (_changes.TryGetValue(id, out Change change) && change.Last.Sequence <= commit.Sequence)
                _changes.Remove(id);
        }
    }

    private sealed record Author(long Sequence, string Session, LiveUser User);

    // The last change, and the last one of another session than that one's: one of the two is of another session than whoever asks.
    private readonly record struct Change(Author Last, Author? OfAnother);
}
