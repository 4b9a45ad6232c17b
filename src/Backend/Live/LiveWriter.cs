using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Backend.Live.Staging;
using ITwinOrleans.Backend.Live.Transactions;
using ITwinOrleans.Backend.Live.Undo;
using ITwinOrleans.Native.Errors;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend.Live;

/// <summary>Writes to a live iModel: each write applies and commits, or leaves no trace. On the engine thread, one at a time.</summary>
internal sealed partial class LiveWriter
{
    private static readonly Dictionary<string, string> NoIds = [];

    private readonly IModelDb _iModel;
    private readonly LiveConnection _connection;
    private readonly BackendOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Committer _committer;
    private readonly ConflictCheck _conflicts;
    private readonly UndoHistory _history;
    private readonly ReservedIds _reserved;

    public LiveWriter(IModelDb iModel, LiveConnection connection, BackendOptions options, TimeProvider time, ILogger logger)
    {
        (_iModel, _connection, _options, _time, _logger) = (iModel, connection, options, time, logger);
        _conflicts = new ConflictCheck(connection, options);
        _history = new UndoHistory(connection, _conflicts, options);
        _committer = new Committer(iModel, connection, _conflicts, options.Live, time);
        _committer.Reload();
        _reserved = new ReservedIds(connection.Store);
    }

    /// <summary>The epoch of the opening.</summary>
    public long Epoch => _connection.Opening.Epoch;

    /// <summary>The newest state.</summary>
    public LiveState State => _committer.State;

    /// <summary>The commits in the file.</summary>
    public CommitStore Store => _connection.Store;

    /// <summary>Applies a transaction and commits it.</summary>
    /// <exception cref="LiveRefusedException">Nothing was done.</exception>
    public Task<CommitAnswer> WriteAsync(LiveAuthor author, LiveTransaction transaction) => AttemptAsync(transaction.OperationId, transaction.Hash, async () =>
    {
        HashSet<ulong> touched = await FindTouchedAsync(transaction);
        if (transaction.Base is { } read)
            await _conflicts.CheckAsync(read, State, touched, author.Session, _iModel.Closed);
        OperationApplier applier = await ApplyAsync(transaction, operation => _reserved.Use(operation, author.Session));
        LiveState next = _committer.Next;
        var header = new LiveCommitHeader(
            next.Epoch, next.Sequence, LiveCommitKind.Edit, transaction.OperationId, null, _time.GetUtcNow(), transaction.Description, author.User, author.Session, 0);
        var result = new LiveResult(next.Epoch, next.Sequence, applier.Ids, applier.Inserted);
        CommitAnswer answer = _committer.Commit(header, transaction.Hash, next.Sequence, result, touched);
        _reserved.Release(transaction);
        return answer;
    });

    /// <summary>Moves the log into the file, if nothing was committed after this sequence.</summary>
    /// <exception cref="LiveRefusedException">Something was.</exception>
    public void Checkpoint(long sequence)
    {
        if (State.Sequence != sequence)
            throw new LiveRefusedException(LiveRefusals.Busy, $"The iModel is at commit {State.Sequence}, not {sequence}.");
        BeginClean();
        _connection.Native.WriteAheadLog.Checkpoint();
    }

    /// <summary>Tries a transaction out and abandons it; the ids that it gave stay reserved for the session.</summary>
    /// <exception cref="LiveRefusedException">The transaction would be refused.</exception>
    public async Task<LiveResult> StageAsync(LiveAuthor author, LiveTransaction transaction)
    {
        BeginClean();
        try
        {
            _reserved.Prepare(_connection.Native, Store, transaction);
            OperationApplier applier = await ApplyAsync(transaction, operation => _reserved.Reserve(operation, author.Session));
            return new LiveResult(0, 0, applier.Ids, applier.Inserted);
        }
        catch (Exception exception)
        {
            throw Explain(exception, Recover(exception));
        }
        finally
        {
            _connection.Abandon(reopen: false);
        }
    }

    /// <summary>Ends a session's reservations.</summary>
    public void Unstage(string session) => _reserved.Release(session);

    /// <summary>Undoes or redoes an operation of the author's, as a new commit.</summary>
    /// <exception cref="LiveRefusedException">Nothing was done.</exception>
    public Task<CommitAnswer> InvertAsync(LiveCommitKind kind, LiveAuthor author, LiveInversion inversion) => AttemptAsync(inversion.OperationId, inversion.HashOf(kind), async () =>
    {
        UndoTarget target = _history.Find(kind, author.User.Id, inversion.Target);
        HashSet<ulong> touched = await _history.CheckAsync(target, _iModel.Closed);
        using (var inverse = new InverseChanges(_connection.Native))
            await inverse.ApplyAsync(_history.ReadChanges(kind, target), new EngineSlices(_options.EngineSlice, _iModel.Closed));
        LiveState next = _committer.Next;
        var header = new LiveCommitHeader(
            next.Epoch, next.Sequence, kind, inversion.OperationId, target.OperationId, _time.GetUtcNow(), inversion.Description ?? target.Description, author.User, author.Session, 0);
        CommitAnswer answer = _committer.Commit(header, inversion.HashOf(kind), target.Root, new LiveResult(next.Epoch, next.Sequence, NoIds, []), touched);
        _connection.ForgetEntities();
        return answer;
    });

    /// <summary>Leaves a clean file behind.</summary>
    public void BeforeClose()
    {
        try
        {
            _connection.Native.Txns.AbandonChanges();
            _connection.Native.WriteAheadLog.Checkpoint();

            // Else whoever reads the file needs the right to write a log beside it.
            _connection.Native.Queries.Shutdown();
            _connection.Native.WriteAheadLog.Enable(false);
        }
        catch (NativeException exception)
        {
            // Nothing is lost: the log is replayed when the file is opened again.
            Log.NotCheckpointed(_logger, _iModel.Key, exception);
        }
    }

    private async Task<CommitAnswer> AttemptAsync(string operationId, byte[] hash, Func<Task<CommitAnswer>> attempt)
    {
        BeginClean();
        if (FindRepeated(operationId, hash) is { } repeated)
            return repeated;
        try
        {
            return await attempt();
        }
        catch (Exception exception)
        {
            LiveRefusal? storage = Recover(exception);
            if (exception is CommitFailedException && FindRepeated(operationId, hash) is { } committed)
                return committed with { Result = committed.Result with { Repeated = false } };
            throw Explain(exception, storage);
        }
    }

    // Back to a clean connection; says whether the disk was the reason.
    private LiveRefusal? Recover(Exception exception)
    {
        LiveRefusal? storage = (exception is NativeException ? exception : exception.InnerException) is NativeException error
            ? StorageErrors.Find(error, _connection.Native.LastError)
            : null;
        if (_connection.Abandon(reopen: storage is not null || exception is CommitFailedException))
            _committer.Reload();
        return storage;
    }

    /// <summary>Readies the connection for a write.</summary>
    /// <exception cref="LiveRefusedException">The file cannot be written.</exception>
    public void BeginClean()
    {
        _connection.EnsureWritable();
        if (_connection.Native.Txns.HasUnsavedChanges)
            Log.Unclean(_logger, _iModel.Key);
        _connection.Native.Txns.AbandonChanges();
    }

    private CommitAnswer? FindRepeated(string operationId, byte[] hash)
    {
        if (Store.FindOperation(operationId) is not var (knownHash, result, record))
            return null;
        return knownHash.AsSpan().SequenceEqual(hash)
            ? new CommitAnswer(result with { Repeated = true }, record)
            : throw new LiveRefusedException(LiveRefusals.OperationIdReused, "The operation id was used for something else. Choose a new id for each operation.");
    }

    private Exception Explain(Exception exception, LiveRefusal? storage)
    {
        if (storage is not null)
            return new LiveRefusedException(storage, exception);
        return exception switch
        {
            LiveRefusedException => exception,
            CommitFailedException { InnerException: LiveRefusedException refused } => refused,
            OperationFailedException failed => new LiveRefusedException(
                new LiveRefusal(LiveRefusals.Refused, _iModel.WithoutPaths(failed.Message), failed.Cause.ErrorNumber, failed.Index), exception),
            { InnerException: NativeException native } => new LiveRefusedException(
                new LiveRefusal(LiveRefusals.Refused, _iModel.WithoutPaths(native.Message), native.ErrorNumber), exception),
            NativeException native => new LiveRefusedException(new LiveRefusal(LiveRefusals.Refused, _iModel.WithoutPaths(native.Message), native.ErrorNumber), exception),
            OperationCanceledException => new IModelNotOpenException(_iModel.Handle),
            _ => exception,
        };
    }

    private async Task<HashSet<ulong>> FindTouchedAsync(LiveTransaction transaction)
    {
        var touched = new HashSet<ulong>();
        using var entities = new TouchedEntities(_connection.Native);
        var slices = new EngineSlices(_options.EngineSlice, _iModel.Closed);
        foreach (LiveOperation operation in transaction.Operations)
        {
            entities.Add(operation, touched);
            await slices.NextAsync();
        }

        return touched;
    }

    private async Task<OperationApplier> ApplyAsync(LiveTransaction transaction, Func<LiveOperation, string?> idOf)
    {
        var applier = new OperationApplier(_connection.Native, transaction);
        var slices = new EngineSlices(_options.EngineSlice, _iModel.Closed);
        for (int i = 0; i < transaction.Operations.Count; i++)
        {
            try
            {
                LiveOperation operation = transaction.Operations[i];
                applier.Apply(operation, idOf(operation));
            }
            catch (NativeException exception)
            {
                throw new OperationFailedException(i, exception);
            }
            catch (LiveRefusedException exception)
            {
                throw new LiveRefusedException(exception.Refusal with { Operation = i }, exception);
            }

            await slices.NextAsync();
            if (slices.Elapsed > _options.Live.MaxTransactionTime)
                throw new LiveRefusedException(LiveRefusals.TooLarge, $"The transaction took longer than {_options.Live.MaxTransactionTime.TotalSeconds} s. Split it.");
        }

        return applier;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Key} had changes that nobody committed; they are abandoned")]
        public static partial void Unclean(ILogger logger, string key);

        [LoggerMessage(2, LogLevel.Warning, "The log of {Key} could not be merged into its file")]
        public static partial void NotCheckpointed(ILogger logger, string key, Exception exception);
    }
}
