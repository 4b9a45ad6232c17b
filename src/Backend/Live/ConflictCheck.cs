using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;

namespace ITwinOrleans.Backend.Live;

/// <summary>Finds what others changed since a client read; on the engine thread.</summary>
internal sealed class ConflictCheck(LiveConnection connection, BackendOptions options)
{
    /// <summary>The most conflicts of one refusal.</summary>
    public const int MaxConflicts = 1000;

    private readonly RecentChanges _recent = new(options.Live.MaxRememberedChanges);

    /// <summary>Begins anew at the newest commit of the file.</summary>
    public void Reset(LiveState head) => _recent.Reset(head.Sequence);

    /// <summary>Remembers a commit.</summary>
    public void Add(LiveCommitHeader header, IReadOnlyCollection<ulong> touched) => _recent.Add(header.Sequence, header.Session, header.User, [.. touched]);

    /// <summary>Refuses when a commit of another session, later than what was read, changed one of these entities.</summary>
    /// <exception cref="LiveRefusedException">It did, or it cannot be told.</exception>
    public async Task CheckAsync(LiveState read, LiveState head, HashSet<ulong> touched, string session, CancellationToken closed)
    {
        if (new FeedReader(read, 1, 0).WhyReload(connection.Store, head) is { } reason)
            throw new LiveRefusedException(LiveRefusals.Conflict, $"{reason}. Read the iModel anew.");
        var conflicts = new Dictionary<string, LiveConflict>(StringComparer.Ordinal);
        foreach (LiveConflict conflict in _recent.Find(touched, read.Sequence, session))
            conflicts[conflict.Id] = conflict;
        var slices = new EngineSlices(options.EngineSlice, closed);
        for (long sequence = Math.Min(_recent.From, head.Sequence); sequence > read.Sequence && conflicts.Count < MaxConflicts; sequence--)
        {
            AddOf(sequence, touched, session, conflicts);
            await slices.NextAsync();
        }

        if (conflicts.Count > 0)
        {
            throw new LiveRefusedException(new LiveRefusal(
                LiveRefusals.Conflict, "Others changed the same entities since they were read", Conflicts: [.. conflicts.Values.OrderBy(static one => Id64.ToNumber(one.Id)).Take(MaxConflicts)]));
        }
    }

    /// <summary>Whether anybody changed one of the entities after a commit; true when it cannot be told from memory.</summary>
    public bool MayBeChanged(IEnumerable<ulong> ids, long after) => _recent.MayBeChanged(ids, after);

    private void AddOf(long sequence, HashSet<ulong> touched, string session, Dictionary<string, LiveConflict> conflicts)
    {
        if (connection.Store.FindRecord(sequence) is not { } record)
            return;
        LiveAuthor author = CommitRecord.ReadAuthor(record);
        if (author.Session == session)
            return;
        foreach (string id in CommitRecord.ReadTouched(record).Where(id => touched.Contains(Id64.ToNumber(id))))
            conflicts.TryAdd(id, new LiveConflict(id, sequence, author.User));
    }
}
