using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ITwinOrleans.Api.Health;

/// <summary>Healthy from the moment when everything that starts with the host has started, to the moment when it stops.</summary>
internal sealed class StartedCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy());
}
