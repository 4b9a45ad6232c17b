using System.ComponentModel.DataAnnotations;

namespace ITwinOrleans.Api.Limits;

/// <summary>What a request and a client may take (section <c>Limits</c>).</summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>The largest body of an RPC request, in bytes (core-backend's express server: 5 MB).</summary>
    [Range(1024, int.MaxValue)]
    public int RpcBodyBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>The longest request line, in bytes. The frontend sends up to 8 KB of base64, which the URL may make a third longer.</summary>
    [Range(16 * 1024, 1024 * 1024)]
    public int RequestLineBytes { get; set; } = 32 * 1024;

    /// <summary>All headers together, in bytes.</summary>
    [Range(8 * 1024, 1024 * 1024)]
    public int RequestHeadersBytes { get; set; } = 64 * 1024;

    /// <summary>The slowest body that is waited for, in bytes per second.</summary>
    [Range(1, 1_000_000_000)]
    public double MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>How long a body may be slower than that.</summary>
    public TimeSpan BodyGracePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the headers may take.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Open connections.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 10_000;

    /// <summary>Requests of one client that run at a time.</summary>
    [Range(1, 100_000)]
    public int ConcurrencyPerClient { get; set; } = 256;

    /// <summary>Requests of one client that may wait; one more is answered 429.</summary>
    [Range(0, 1_000_000)]
    public int QueuePerClient { get; set; } = 1024;

    /// <summary>Requests to one iModel that run at a time.</summary>
    [Range(1, 100_000)]
    public int ConcurrencyPerIModel { get; set; } = 256;

    /// <summary>Requests to one iModel that may wait; one more is answered 503.</summary>
    [Range(0, 1_000_000)]
    public int QueuePerIModel { get; set; } = 2048;

    /// <summary>What a client that was refused is told to wait, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>The largest iModel that may be uploaded, in bytes.</summary>
    [Range(1024, long.MaxValue)]
    public long UploadBytes { get; set; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Uploads at a time.</summary>
    [Range(1, 1000)]
    public int Uploads { get; set; } = 4;

    /// <summary>Gives the limits that concern connections to the server.</summary>
    internal void ApplyTo(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RpcBodyBytes;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = RequestHeadersBytes;
        kestrel.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, RequestLineBytes + RequestHeadersBytes);
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(MinBodyBytesPerSecond, BodyGracePeriod);
        kestrel.Limits.MaxConcurrentConnections = Connections;
    }
}
