namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>On a single machine the native commit is the journal: SQLite flushed it to this disk before it returned (<c>synchronous=FULL</c>).</summary>
internal sealed class LocalJournals(LocalOwnershipStore ownerships) : ICommitJournals
{
    /// <inheritdoc/>
    public Task<ICommitJournal> OpenAsync(Ownership ownership, string path, CancellationToken cancellationToken)
    {
        ownerships.Check(ownership);
        return Task.FromResult<ICommitJournal>(new LocalJournal(ownerships, ownership));
    }
}
