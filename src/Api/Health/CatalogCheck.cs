using ITwinOrleans.Api.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ITwinOrleans.Api.Health;

/// <summary>Healthy when the catalogue answers.</summary>
internal sealed class CatalogCheck(IIModelStore store) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ListAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(exception: exception);
        }
    }
}
