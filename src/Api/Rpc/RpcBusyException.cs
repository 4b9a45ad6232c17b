namespace ITwinOrleans.Api.Rpc;

/// <summary>A bound behind the edge was reached and nothing ran: 503 with <c>Retry-After</c>.</summary>
/// <param name="message">Which bound, for the client.</param>
/// <param name="retryAfter">How long the client shall wait.</param>
public sealed class RpcBusyException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>How long the client shall wait.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;

    /// <summary>The header <c>Retry-After</c>, in whole seconds.</summary>
    public string RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling(RetryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
