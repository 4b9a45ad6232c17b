namespace ITwinOrleans.Grains.Listing;

/// <summary>The silos of the cluster, for people.</summary>
public interface IClusterView
{
    /// <summary>All silos, oldest first; empty when none can be reached. May be a moment old.</summary>
    ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken);
}
