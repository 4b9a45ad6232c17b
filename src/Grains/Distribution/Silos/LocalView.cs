using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The silo of this process, where it is the only one.</summary>
internal sealed class LocalView(ILocalSiloDetails silo, SiloMeter meter) : IClusterView
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken)
    {
        var report = meter.Report();
        return ValueTask.FromResult<IReadOnlyList<SiloListing>>([new SiloListing(silo.Name, silo.SiloAddress.Endpoint.ToString(), "active", report.Since, report)]);
    }
}
