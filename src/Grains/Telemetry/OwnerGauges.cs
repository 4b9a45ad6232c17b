using System.Diagnostics.Metrics;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Hosting;

namespace ITwinOrleans.Grains.Telemetry;

/// <summary>What the owners of this silo have now, asked whenever metrics are sent.</summary>
internal sealed class OwnerGauges : IHostedService, IDisposable
{
    private readonly Meter _meter;

    public OwnerGauges(IModelOwners owners, OpenIModelLimit limit, IMeterFactory meters)
    {
        _meter = meters.Create(OwnerTelemetry.Name);
        _meter.CreateObservableGauge("itwin.imodels.open", () => limit.Count, "{imodel}", "iModels that are open, being opened or closed.");
        _meter.CreateObservableGauge("itwin.calls.active", () => owners.CallsInFlight, "{call}", "RPC operations that run or wait.");
        _meter.CreateObservableGauge("itwin.people", () => owners.Statuses.Values.Sum(status => status.People), "{person}", "Sessions of live iModels.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
