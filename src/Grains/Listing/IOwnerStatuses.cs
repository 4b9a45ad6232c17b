using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Listing;

/// <summary>What the owners do now, wherever they are.</summary>
public interface IOwnerStatuses
{
    /// <summary>By file key; what a silo that does not answer has is left out. May be a moment old.</summary>
    ValueTask<IReadOnlyDictionary<string, IModelStatus>> GetAsync(CancellationToken cancellationToken);
}
