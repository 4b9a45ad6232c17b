using System.Diagnostics;
using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The silo of this process, where it is the only one.</summary>
internal sealed class LocalView(ILocalSiloDetails silo, SiloMeter meter) : IClusterView
{
    private readonly DateTimeOffset _since = StartOfProcess();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SiloListing>>(
        [new SiloListing(silo.Name, silo.SiloAddress.Endpoint.ToString(), "active", _since, meter.Report())]);

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
