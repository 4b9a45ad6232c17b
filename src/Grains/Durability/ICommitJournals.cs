namespace ITwinOrleans.Grains.Durability;

/// <summary>The journals of live iModels.</summary>
public interface ICommitJournals
{
    /// <summary>Opens the journal of an iModel for its owner: after <see cref="ILiveFiles.PrepareAsync"/>, before the worker opens the file.</summary>
    /// <param name="ownership">The owner's right.</param>
    /// <param name="path">The file that <see cref="ILiveFiles.PrepareAsync"/> named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleEpochException">Somebody took a later epoch in the meantime.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    Task<ICommitJournal> OpenAsync(Ownership ownership, string path, CancellationToken cancellationToken);
}
