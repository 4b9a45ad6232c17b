using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Live.Feed;

/// <summary>The newest commits of one iModel in memory, bounded by number and bytes, for any number of readers, each with a state of its own.</summary>
public sealed class FeedWindow(int maxCommits, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly List<LiveCommit> _commits = [];
    private LiveState _before;
    private long _bytes;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The newest state.</summary>
    public LiveState Head
    {
        get
        {
            lock (_lock)
                return NewestState;
        }
    }

    /// <summary>Completes with the next commit or <see cref="Restart"/>. Take it before you look.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Forgets everything: the history goes on, or begins again, at this state.</summary>
    public void Restart(LiveState head)
    {
        lock (_lock)
        {
            _commits.Clear();
            _bytes = 0;
            _before = head;
            Signal();
        }
    }

    /// <summary>Adds the next commits.</summary>
    /// <exception cref="InvalidOperationException">There is a gap: the feed would be wrong.</exception>
    public void Append(params ReadOnlySpan<LiveCommit> commits)
    {
        lock (_lock)
        {
            foreach (var commit in commits)
            {
                if (commit.State.Sequence != NewestState.Sequence + 1)
                    throw new InvalidOperationException($"Commit {commit.State.Sequence} does not follow {NewestState.Sequence}.");
                _commits.Add(commit);
                _bytes += commit.Record.Length;
            }

            Trim();
            Signal();
        }
    }

    /// <summary>The commits after a state, as far as they are here.</summary>
    /// <param name="after">The state that the reader has.</param>
    /// <param name="most">The most commits.</param>
    /// <param name="mostBytes">The most bytes; one commit is given whatever its size.</param>
    public FeedPart Read(LiveState after, int most, long mostBytes)
    {
        lock (_lock)
        {
            var index = after.Sequence - _before.Sequence;
            if (index < 0)
                return FeedPart.Older;
            if (index > _commits.Count || StateAt((int)index) != after)
                return FeedPart.Unknown;
            var part = new List<LiveCommit>();
            long bytes = 0;
            for (var i = (int)index; i < _commits.Count && part.Count < most && (part.Count == 0 || bytes + _commits[i].Record.Length <= mostBytes); i++)
            {
                part.Add(_commits[i]);
                bytes += _commits[i].Record.Length;
            }

            return new FeedPart(FeedPartKind.Commits, part);
        }
    }

    private LiveState NewestState => _commits.Count > 0 ? _commits[^1].State : _before;

    private LiveState StateAt(int index) => index == 0 ? _before : _commits[index - 1].State;

    // A quarter at a time: removing from the front of a list moves the rest.
    private void Trim()
    {
        if (_commits.Count <= maxCommits && _bytes <= maxBytes)
            return;
        var removed = 0;
        while (removed < _commits.Count - 1 && (_commits.Count - removed > maxCommits - (maxCommits / 4) || _bytes > maxBytes - (maxBytes / 4)))
            _bytes -= _commits[removed++].Record.Length;
        if (removed == 0)
            return;
        _before = _commits[removed - 1].State;
        _commits.RemoveRange(0, removed);
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
