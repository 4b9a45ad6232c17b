using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Listing;

/// <summary>The owners of this process, where it is the only silo.</summary>
public sealed class LocalStatuses(IModelOwners owners) : IOwnerStatuses
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, IModelStatus>> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(owners.Statuses);
}
