namespace ITwinOrleans.Grains.Durability;

/// <summary>Where the file of a live iModel is on this machine.</summary>
public interface ILiveFiles
{
    /// <summary>Whether an iModel's newest acknowledged state is not in the catalogue's file, which is then not to be read: never on a single machine, in a
    /// cluster from its first opening for writing on.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    Task<bool> IsElsewhereAsync(string key, CancellationToken cancellationToken);

    /// <summary>Brings the file to the newest acknowledged state: on a single machine it is; in a cluster base and journal become a file in the silo's
    /// own folder. Called after <see cref="IOwnershipStore.TakeAsync"/> and before anything opens the file, which nobody else may have open.</summary>
    /// <returns>The full path that the worker is to open.</returns>
    /// <exception cref="StaleEpochException">Somebody took a later epoch in the meantime.</exception>
    /// <exception cref="JournalUnavailableException">The store or the files cannot be reached.</exception>
    /// <exception cref="JournalDamagedException">What is stored does not give a whole file. An operator has to restore a backup.</exception>
    /// <exception cref="IOException">This machine's folder cannot be written, or is full.</exception>
    Task<string> PrepareAsync(Ownership ownership, CancellationToken cancellationToken);

    /// <summary>Does ahead of time, while another silo still has the iModel, what <see cref="PrepareAsync"/> would otherwise do while nobody has it: a matter of
    /// time only, for the next opening here. Nothing to do for an iModel that was never opened for writing.</summary>
    /// <exception cref="JournalUnavailableException">The store or the files cannot be reached.</exception>
    /// <exception cref="JournalDamagedException">What is stored does not give a whole file.</exception>
    /// <exception cref="IOException">This machine's folder cannot be written, or is full.</exception>
    Task PrepareAheadAsync(string key, CancellationToken cancellationToken);
}
