using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>Reads the records after a state.</summary>
/// <param name="after">The state.</param>
/// <param name="maxCommits">The most records.</param>
/// <param name="maxBytes">The most bytes; one record is read whatever its size.</param>
internal sealed class FeedReader(LiveState after, int maxCommits, long maxBytes)
{
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private long _next = after.Sequence + 1;
    private long _bytes;
    private string? _reload;
    private bool _started;

    /// <summary>The answer.</summary>
    public FeedPage Page(LiveState head) => new(new LiveFeedHead(head, _reload), _reload is null ? _records : []);

    /// <summary>Reads one record; false when it was the last.</summary>
    public bool Step(CommitStore store, LiveState head)
    {
        if (!_started)
        {
            _started = true;
            _reload = WhyReload(store, head);
            return _reload is null && _next <= head.Sequence;
        }

        byte[]? record = store.FindRecord(_next);
        if (record is null)
        {
            _reload = NotKept;
            return false;
        }

        if (_records.Count > 0 && _bytes + record.Length > maxBytes)
            return false;
        _records.Add(record);
        _bytes += record.Length;
        _next++;
        return _next <= head.Sequence && _records.Count < maxCommits && _bytes < maxBytes;
    }

    private const string NotKept = "The commits after this state are not kept any more";

    /// <summary>Why the state is none that the feed can be read from; null when it is.</summary>
    public string? WhyReload(CommitStore store, LiveState head)
    {
        if (after.Sequence > head.Sequence || after.Sequence < 0)
            return "This state is not in the history of the iModel; it was restored from an older copy";
        if (after.Sequence == head.Sequence)
            return after.Epoch == head.Epoch ? null : "This state is of another history of the iModel";
        if (after.Sequence == 0)
            return after.Epoch == 0 ? (store.FindOldest() == 1 ? null : NotKept) : "There is no such state: before the first commit the epoch is 0";
        return store.FindEpoch(after.Sequence) switch
        {
            null => NotKept,
            { } epoch when epoch != after.Epoch => "This state is of another history of the iModel",
            _ => null,
        };
    }
}
