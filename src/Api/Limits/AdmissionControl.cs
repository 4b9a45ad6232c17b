using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Limits;

/// <summary>
/// Bounds what runs and what waits, for each client and for each iModel. A client that asks too much is told 429, everybody who asks an
/// iModel that has too much to do 503, both with <c>Retry-After</c>: the frontend waits that long and asks again.
/// </summary>
internal sealed class AdmissionControl(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _clients = Limiter(options.Value.ConcurrencyPerClient, options.Value.QueuePerClient);
    private readonly PartitionedRateLimiter<string> _iModels = Limiter(options.Value.ConcurrencyPerIModel, options.Value.QueuePerIModel);
    private readonly string _retryAfter = options.Value.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Enters, or waits in the queue where there is room, or is refused.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="iModelId">The iModel of the URL; without one only the client's limit counts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<Admission> EnterAsync(string client, string iModelId, CancellationToken cancellationToken)
    {
        RateLimitLease clientLease = await _clients.AcquireAsync(client, 1, cancellationToken).ConfigureAwait(false);
        if (!clientLease.IsAcquired)
        {
            clientLease.Dispose();
            return new Admission(StatusCodes.Status429TooManyRequests, "Error: too many requests of this client at once.", _retryAfter);
        }

        if (iModelId.Length == 0)
            return new Admission(clientLease, null);
        try
        {
            RateLimitLease iModelLease = await _iModels.AcquireAsync(iModelId, 1, cancellationToken).ConfigureAwait(false);
            if (iModelLease.IsAcquired)
                return new Admission(clientLease, iModelLease);
            iModelLease.Dispose();
        }
        catch
        {
            clientLease.Dispose();
            throw;
        }

        clientLease.Dispose();
        return new Admission(StatusCodes.Status503ServiceUnavailable, "Error: the iModel has too many requests waiting.", _retryAfter);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients.Dispose();
        _iModels.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int concurrency, int queue) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = concurrency,
            QueueLimit = queue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));
}
