namespace ITwinOrleans.Grains.Durability;

/// <summary>Who may write which iModel, decided by storage. What a directory of grains believes only says who should ask.</summary>
/// <remarks>
/// The owner of an iModel goes through these steps for each opening for writing, in this order:
/// <list type="number">
/// <item><see cref="FindAsync"/>, then <see cref="TakeAsync"/> with the epoch that was found.</item>
/// <item><see cref="ILiveFiles.PrepareAsync"/> brings the newest acknowledged state to this machine.</item>
/// <item><see cref="ICommitJournals.OpenAsync"/>, before the worker opens the file: from then on it sees every byte.</item>
/// <item>The worker opens the file for writing with the epoch; <see cref="ICommitJournal.SyncAsync"/> ships what that wrote, and
/// what the file's feed has after <see cref="ICommitJournal.RecordedSequence"/> is appended.</item>
/// <item>Each commit: <see cref="ICommitJournal.AppendAsync"/>, then the answer. Now and then <see cref="RenewAsync"/>.</item>
/// <item>The end: no more writes, <see cref="ICommitJournal.SyncAsync"/>, the worker closes the file, the journal is disposed,
/// <see cref="ReleaseAsync"/>.</item>
/// </list>
/// After <see cref="StaleEpochException"/> from any of them nothing is written any more: the worker closes the file, the journal is disposed.
/// </remarks>
public interface IOwnershipStore
{
    /// <summary>What the store knows of an iModel, or null.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    Task<OwnershipState?> FindAsync(string key, string path, CancellationToken cancellationToken);

    /// <summary>Takes the next epoch, if the store still has the expected one. Whoever had that one is refused from now on. An owner takes its own
    /// again, to reopen, by expecting the epoch that it has.</summary>
    /// <exception cref="OwnershipTakenException">Somebody else was first, or (on a single machine) another process has the file.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="IOException">The iModel's folder cannot be written (on a single machine).</exception>
    Task<Ownership> TakeAsync(OwnershipRequest request, CancellationToken cancellationToken);

    /// <summary>Shows that the owner is there, and tells it whether it still is one. An owner that was paused learns so that it may serve no more reads.</summary>
    /// <exception cref="StaleEpochException">Somebody took a later epoch.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached: nothing changed, try again.</exception>
    Task RenewAsync(Ownership ownership, CancellationToken cancellationToken);

    /// <summary>Gives the epoch back once nothing is written any more. Without it (a crash) a successor takes the next epoch all the same.</summary>
    /// <exception cref="StaleEpochException">Somebody took a later epoch.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached. A lock of this machine is free nevertheless.</exception>
    Task ReleaseAsync(Ownership ownership, CancellationToken cancellationToken);
}
