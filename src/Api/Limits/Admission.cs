using System.Threading.RateLimiting;

namespace ITwinOrleans.Api.Limits;

/// <summary>Whether a request may run now; dispose it when the request ends.</summary>
internal readonly struct Admission : IDisposable
{
    private readonly RateLimitLease? _client;
    private readonly RateLimitLease? _iModel;

    /// <summary>Granted.</summary>
    public Admission(RateLimitLease client, RateLimitLease? iModel) => (_client, _iModel, IsGranted) = (client, iModel, true);

    /// <summary>Refused.</summary>
    public Admission(int statusCode, string reason, string retryAfterSeconds) =>
        (StatusCode, Reason, RetryAfterSeconds) = (statusCode, reason, retryAfterSeconds);

    /// <summary>Whether it may run.</summary>
    public bool IsGranted { get; }

    /// <summary>The HTTP status of the refusal.</summary>
    public int StatusCode { get; }

    /// <summary>Why not, for the client.</summary>
    public string Reason { get; } = "";

    /// <summary>The header <c>Retry-After</c>.</summary>
    public string RetryAfterSeconds { get; } = "";

    /// <inheritdoc/>
    public void Dispose()
    {
        _iModel?.Dispose();
        _client?.Dispose();
    }
}
