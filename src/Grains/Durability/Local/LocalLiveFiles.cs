namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>On a single machine the catalogue's file is the live one, and what was committed is in it.</summary>
internal sealed class LocalLiveFiles(LocalOwnershipStore ownerships) : ILiveFiles
{
    /// <inheritdoc/>
    public Task<bool> IsElsewhereAsync(string key, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<string> PrepareAsync(Ownership ownership, CancellationToken cancellationToken)
    {
        ownerships.Check(ownership);
        return Task.FromResult(ownership.Path);
    }

    /// <inheritdoc/>
    public Task PrepareAheadAsync(string key, CancellationToken cancellationToken) => Task.CompletedTask;
}
