using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Backend.Live.Transactions;
using ITwinOrleans.Backend.Live.Versions;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Live;

/// <summary>The writing side of an open iModel: transactions, feed, history. Its writes run one after the other.</summary>
public sealed class LiveIModel
{
    /// <summary>The most records of one reading of the feed: each is a part of a message, which has 4096 at most.</summary>
    public const int MaxFeedCommits = 4000;

    /// <summary>The most commits of one reading of the history.</summary>
    public const int MaxHistory = 1000;

    private const int MaxNameLength = 255;

    private readonly IModelDb _iModel;
    private readonly BackendOptions _options;
    private readonly LiveWriter _writer;
    private readonly VersionMaker _versions;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    internal LiveIModel(IModelDb iModel, LiveWriter writer, VersionMaker versions, BackendOptions options)
    {
        _iModel = iModel;
        _writer = writer;
        _versions = versions;
        _options = options;
    }

    /// <summary>The newest state.</summary>
    public LiveState State => _writer.State;

    /// <summary>Applies a transaction and commits it.</summary>
    /// <param name="author">Who writes.</param>
    /// <param name="epoch">The epoch that the caller writes under.</param>
    /// <param name="transaction">The transaction, UTF-8 JSON; unchanged until the task completes.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn; a write that has begun is finished.</param>
    /// <exception cref="LiveRefusedException">Nothing was done.</exception>
    public async Task<CommitAnswer> WriteAsync(LiveAuthor author, long epoch, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken)
    {
        LiveTransaction read = TransactionReader.Read(transaction, _options.Live);
        return await RunAsync(epoch, () => _writer.WriteAsync(author, read), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries all staged operations of a session out, and leaves no trace but the ids that inserts got: they stay reserved for the session.</summary>
    /// <param name="author">Whose operations.</param>
    /// <param name="epoch">The epoch that the caller writes under.</param>
    /// <param name="transaction">The operations as a transaction; an insert that was tried before has the <c>id</c> that it got.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="LiveRefusedException">The transaction would be refused.</exception>
    public async Task<LiveResult> StageAsync(LiveAuthor author, long epoch, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken)
    {
        LiveTransaction read = TransactionReader.Read(transaction, _options.Live);
        return await RunAsync(epoch, () => _writer.StageAsync(author, read), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up the ids that were reserved for a session.</summary>
    public Task UnstageAsync(string session, CancellationToken cancellationToken) => _iModel.RunAsync(
        _ =>
        {
            _writer.Unstage(session);
            return true;
        },
        cancellationToken);

    /// <summary>Undoes an operation of the author's user, as a new commit.</summary>
    /// <exception cref="LiveRefusedException">Nothing was done: there is no such operation, or later changes are in the way.</exception>
    public Task<CommitAnswer> UndoAsync(LiveAuthor author, long epoch, LiveInversion inversion, CancellationToken cancellationToken) =>
        InvertAsync(LiveCommitKind.Undo, author, epoch, inversion, cancellationToken);

    /// <summary>Redoes what the author's user undid, as a new commit.</summary>
    /// <exception cref="LiveRefusedException">Nothing was done: nothing was undone since the user's last edit, or later changes are in the way.</exception>
    public Task<CommitAnswer> RedoAsync(LiveAuthor author, long epoch, LiveInversion inversion, CancellationToken cancellationToken) =>
        InvertAsync(LiveCommitKind.Redo, author, epoch, inversion, cancellationToken);

    /// <summary>The records of the commits after a state.</summary>
    /// <param name="after">The state.</param>
    /// <param name="maxCommits">The most records, at most <see cref="MaxFeedCommits"/>.</param>
    /// <param name="maxBytes">The most bytes of records; one is read whatever its size.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<FeedPage> ReadFeedAsync(LiveState after, int maxCommits, long maxBytes, CancellationToken cancellationToken)
    {
        var reader = new FeedReader(after, Math.Clamp(maxCommits, 1, MaxFeedCommits), maxBytes);
        LiveState head = State;
        await _iModel.RunSlicedAsync(_options.EngineSlice, _ => reader.Step(_writer.Store, head), cancellationToken).ConfigureAwait(false);
        return reader.Page(head);
    }

    /// <summary>Commits without what they changed, the newest first: a JSON array of <see cref="LiveCommitHeader"/>.</summary>
    /// <param name="before">Only commits with a smaller sequence; null from the newest.</param>
    /// <param name="user">Only this user's; null for everybody's.</param>
    /// <param name="count">The most commits, at most <see cref="MaxHistory"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string> ReadHistoryAsync(long? before, string? user, int count, CancellationToken cancellationToken)
    {
        List<string> headers = await _iModel.RunAsync(
            _ => _writer.Store.ReadHeaders(before ?? long.MaxValue, user, Math.Clamp(count, 1, MaxHistory)), cancellationToken).ConfigureAwait(false);
        return $"[{string.Join(',', headers)}]";
    }

    /// <summary>Moves SQLite's log into the file and empties it, if nothing was committed after a sequence.</summary>
    /// <param name="epoch">The epoch that the caller writes under.</param>
    /// <param name="sequence">The newest commit that the caller knows.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="LiveRefusedException">Something was committed since.</exception>
    /// <exception cref="NativeException">The library could not: somebody still reads the log. What is in it stays.</exception>
    public Task CheckpointAsync(long epoch, long sequence, CancellationToken cancellationToken) => RunAsync(
        epoch,
        () =>
        {
            _writer.Checkpoint(sequence);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Names the current state as a version.</summary>
    /// <param name="user">Who names it.</param>
    /// <param name="epoch">The epoch that the caller writes under.</param>
    /// <param name="name">The version's name, 1 to 255 characters.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    /// <exception cref="LiveRefusedException">Nothing was done.</exception>
    public Task<LiveVersion> NameVersionAsync(LiveUser user, long epoch, string name, CancellationToken cancellationToken) => name.Length is > 0 and <= MaxNameLength
        ? TakeTurnAsync(epoch, () => _versions.MakeAsync(user, name, _writer.BeginClean, State), cancellationToken)
        : throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"A version's name has 1 to {MaxNameLength} characters");

    /// <summary>The versions, the oldest first.</summary>
    public Task<IReadOnlyList<LiveVersion>> ReadVersionsAsync(CancellationToken cancellationToken) => _versions.ReadAsync(cancellationToken);

    /// <summary>Leaves a clean file behind; on the engine thread.</summary>
    internal void BeforeClose() => _writer.BeforeClose();

    private async Task<CommitAnswer> InvertAsync(LiveCommitKind kind, LiveAuthor author, long epoch, LiveInversion inversion, CancellationToken cancellationToken)
    {
        TransactionReader.CheckOperationId(inversion.OperationId);
        TransactionReader.CheckDescription(inversion.Description);
        return await RunAsync(epoch, () => _writer.InvertAsync(kind, author, inversion), cancellationToken).ConfigureAwait(false);
    }

    private Task<T> RunAsync<T>(long epoch, Func<Task<T>> write, CancellationToken cancellationToken) =>
        TakeTurnAsync(epoch, () => _iModel.WriteAsync(write), cancellationToken);

    private async Task<T> TakeTurnAsync<T>(long epoch, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (epoch != _writer.Epoch)
            throw new LiveRefusedException(LiveRefusals.NotWritable, $"The iModel is open under epoch {_writer.Epoch}, not {epoch}");
        if (Interlocked.Increment(ref _waiting) > _options.Live.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new LiveRefusedException(LiveRefusals.Busy, $"{_options.Live.MaxWaiting} writes wait for this iModel already. Repeat later.");
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await write().ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
