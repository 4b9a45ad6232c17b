using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>On a single machine the live file is the catalogue's, and what the worker makes beside it is where it belongs.</summary>
internal sealed class LocalVersionStore : IVersionStore
{
    /// <inheritdoc/>
    public Task PrepareAsync(Ownership ownership, string path, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoreAsync(Ownership ownership, string path, int index, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task PlaceAsync(Ownership ownership, string path, ChangesetRef newest, CancellationToken cancellationToken) => Task.CompletedTask;
}
