using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Feed;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>
/// Lets commits out: each only when the journal has it, in the order of their sequence, whatever the order in which the worker answered. What has
/// passed is in the feed, and its caller may be told.
/// </summary>
/// <remarks>Commits are handed to the journal without waiting for the one before, so that a journal far away costs one round trip for many.</remarks>
internal sealed class OutputGate(FeedWindow feed, TimeSpan retryInterval, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, LiveCommit> _early = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _late = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ICommitJournal? _journal;
    private long _accepted;
    private Task _tail = Task.CompletedTask;

    /// <summary>The error that ended the gate (<see cref="StaleEpochException"/>), or null: nothing passes any more.</summary>
    public Exception? Failure => _failed.Task.Exception?.InnerException;

    /// <summary>Whether the journal could not be reached and has not caught up: the worker should commit nothing more.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
                return _journal is { IsBehind: true };
        }
    }

    /// <summary>Whether the journal has grown so much that it wants to be compacted, with no write in the worker.</summary>
    public bool IsCompactionDue
    {
        get
        {
            lock (_lock)
                return _journal is { IsCompactionDue: true };
        }
    }

    /// <summary>Goes on with another opening of the file. Everything that was let through, or never will be, is settled.</summary>
    /// <param name="journal">The opening's journal.</param>
    /// <param name="missed">The commits in the file that did not pass yet, in order.</param>
    /// <param name="state">The state of the file: that of the last of them.</param>
    /// <exception cref="DurabilityException">The journal does not take them.</exception>
    public async Task BeginAsync(ICommitJournal journal, IReadOnlyList<LiveCommit> missed, LiveState state)
    {
        foreach (var commit in missed.Where(c => c.State.Sequence > journal.RecordedSequence))
            await journal.AppendAsync(new CommitRecord(commit.State.Sequence, commit.Record), _closed.Token).ConfigureAwait(false);
        lock (_lock)
        {
            _journal = journal;
            _early.Clear();
            _accepted = state.Sequence;
            _tail = Task.CompletedTask;
        }

        if (missed.Count > 0 && missed[0].State.Sequence == feed.Head.Sequence + 1)
            feed.Append([.. missed]);
        if (feed.Head != state)
            feed.Restart(state);
    }

    /// <summary>Waits until nothing is on its way any more, let through or failed.</summary>
    public async Task SettleAsync()
    {
        Task tail;
        lock (_lock)
            tail = _tail;
        await tail.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Lets nothing more pass until <see cref="BeginAsync"/>, and waits as <see cref="SettleAsync"/> does.</summary>
    public Task SuspendAsync()
    {
        lock (_lock)
            _journal = null;
        return SettleAsync();
    }

    /// <summary>Takes a commit that the worker answered; completes when it has passed.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be reached: it passes later, or never if the owner ends before.</exception>
    /// <exception cref="DurabilityException">It will not pass: another owner took over.</exception>
    /// <exception cref="OperationCanceledException">The owner ends.</exception>
    public Task PassAsync(LiveCommit commit)
    {
        lock (_lock)
        {
            if (commit.State.Sequence > _accepted)
                _early[commit.State.Sequence] = commit;
            while (_journal is not null && Failure is null && _early.Remove(_accepted + 1, out var next))
            {
                _accepted++;
                var append = _journal.AppendAsync(new CommitRecord(next.State.Sequence, next.Record), _closed.Token);
                _tail = ReleaseAsync(_tail, _journal, append, next);
            }
        }

        return WhenPassedAsync(commit.State.Sequence);
    }

    /// <summary>Completes when the commit of a sequence has passed.</summary>
    /// <inheritdoc cref="PassAsync"/>
    public async Task WhenPassedAsync(long sequence)
    {
        Task late;
        lock (_lock)
            late = _late.Task;
        while (true)
        {
            var changed = feed.Changed;
            if (feed.Head.Sequence >= sequence)
                return;
            await (await Task.WhenAny(changed, _failed.Task, late).WaitAsync(_closed.Token).ConfigureAwait(false)).ConfigureAwait(false);
            if (late.IsCompleted)
                throw new JournalUnavailableException("The journal cannot be reached.");
        }
    }

    /// <summary>Lets nothing pass any more.</summary>
    public void Fail(Exception exception) => _failed.TrySetException(exception);

    /// <summary>Ends the waiting of everybody.</summary>
    public void Dispose()
    {
        _failed.TrySetCanceled();
        _ = _failed.Task.Exception;
        _closed.Cancel();
    }

    private async Task ReleaseAsync(Task before, ICommitJournal journal, Task append, LiveCommit commit)
    {
        try
        {
            await before.ConfigureAwait(false);
            await EnsureAsync(journal, append).ConfigureAwait(false);
            feed.Append(commit);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Fail(exception);
            throw;
        }
    }

    // Who waits is told that it takes longer; who comes later waits for another try.
    private void TellLate()
    {
        lock (_lock)
        {
            _late.TrySetResult();
            _late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    // A journal that cannot be reached is asked until it can: the worker has committed, so there is no way back, and nobody was told.
    private async Task EnsureAsync(ICommitJournal journal, Task append)
    {
        while (true)
        {
            try
            {
                await append.ConfigureAwait(false);
                return;
            }
            catch (JournalUnavailableException)
            {
                TellLate();
                await Task.Delay(retryInterval, time, _closed.Token).ConfigureAwait(false);
                append = journal.SyncAsync(_closed.Token);
            }
        }
    }
}
