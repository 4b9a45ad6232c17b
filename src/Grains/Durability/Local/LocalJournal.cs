namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>Checks the epoch; the rest is done by the native commit.</summary>
internal sealed class LocalJournal(LocalOwnershipStore ownerships, Ownership ownership) : ICommitJournal
{
    /// <inheritdoc/>
    /// <remarks>What is in the file is safe: there is nothing that an owner would have to catch up with.</remarks>
    public long RecordedSequence => long.MaxValue;

    /// <inheritdoc/>
    public bool IsBehind => false;

    /// <inheritdoc/>
    public bool NeedsLog => false;

    /// <inheritdoc/>
    /// <remarks>SQLite's automatic checkpoints do it.</remarks>
    public bool IsCompactionDue => false;

    /// <inheritdoc/>
    public Task AppendAsync(CommitRecord commit, CancellationToken cancellationToken) => SyncAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SyncAsync(CancellationToken cancellationToken)
    {
        ownerships.Check(ownership);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CompactAsync(Func<CancellationToken, Task> checkpoint, CancellationToken cancellationToken)
    {
        ownerships.Check(ownership);
        return checkpoint(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
