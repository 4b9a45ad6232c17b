using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Api.Tests.Support;

/// <summary>A cluster that is as the test says.</summary>
internal sealed class MemoryCluster : IClusterView
{
    public IReadOnlyList<SiloListing> Silos { get; set; } = [];

    public ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Silos);
}
