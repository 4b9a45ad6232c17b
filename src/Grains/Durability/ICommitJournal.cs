namespace ITwinOrleans.Grains.Durability;

/// <summary>Where the commits of one opening for writing are made safe before anybody is told of them.</summary>
/// <remarks>
/// Its calls may overlap; they take effect in the order in which they were made, and commits that wait for each other's round trip share the next one.
/// In a cluster the worker's connection must be in WAL mode without automatic checkpoints: the file is checkpointed by <see cref="CompactAsync"/> only,
/// or by closing it after <see cref="SyncAsync"/>.
/// </remarks>
public interface ICommitJournal : IAsyncDisposable
{
    /// <summary>The sequence of the newest commit whose record is safe; 0 if there is none. An operation with a greater one, also one that is answered a
    /// second time, may not be acknowledged yet.</summary>
    long RecordedSequence { get; }

    /// <summary>Whether commits were handed over that are not safe, because the store could not be reached. The owner then calls <see cref="SyncAsync"/>
    /// before it lets the worker commit any more, so that the debt stays small.</summary>
    bool IsBehind { get; }

    /// <summary>Whether the journal reads the write-ahead log: the worker's connection must then make no checkpoints of its own (<c>OpenForWriting.KeepLog</c>).</summary>
    bool NeedsLog { get; }

    /// <summary>Whether the journal has grown so much that <see cref="CompactAsync"/> is due.</summary>
    bool IsCompactionDue { get; }

    /// <summary>Makes a commit safe that the worker has made. Called once for each, in the order of their sequence, after the worker's answer and before the caller's.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="cancellationToken">Stops waiting. The commit is kept and becomes safe with the next one.</param>
    /// <exception cref="StaleEpochException">Somebody took a later epoch: the commit is not part of the iModel's history, and this journal takes no more.</exception>
    /// <exception cref="JournalBrokenException">The file's log was started over behind the journal's back: the iModel has to be opened anew.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached within the time that the settings give. The commit is kept; see <see cref="IsBehind"/>.</exception>
    Task AppendAsync(CommitRecord commit, CancellationToken cancellationToken);

    /// <summary>Makes everything safe that is committed in the file, with or without a record: after an opening, before a closing, after the worker's other
    /// writes (naming a version), and to pay a debt (<see cref="IsBehind"/>).</summary>
    /// <inheritdoc cref="AppendAsync" path="/exception"/>
    Task SyncAsync(CancellationToken cancellationToken);

    /// <summary>Makes the file itself the new base and trims the journal. Called with no write in the worker; it may go on writing as soon as
    /// <paramref name="checkpoint"/> has ended. The rest only reads the file and takes as long as storing it; the worker may not close it meanwhile.</summary>
    /// <param name="checkpoint">Has the worker move the WAL into the file and empty it (<c>iModel.checkpoint</c>). If it throws, so does this.</param>
    /// <param name="cancellationToken">Gives up; the journal stays as it was.</param>
    /// <inheritdoc cref="AppendAsync" path="/exception"/>
    Task CompactAsync(Func<CancellationToken, Task> checkpoint, CancellationToken cancellationToken);
}
