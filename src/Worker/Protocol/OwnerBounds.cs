namespace ITwinOrleans.Worker.Protocol;

/// <summary>What bounds the owner's side of one connection beyond what the worker is told.</summary>
/// <param name="MaxWaiting">The most calls that wait for a place in flight.</param>
/// <param name="MaxRequestBytes">Bytes of requests in flight, above which calls wait.</param>
/// <param name="MaxUnreadBytes">Received bytes that callers have not given back, above which the connection is not read.</param>
internal sealed record OwnerBounds(int MaxWaiting, long MaxRequestBytes, long MaxUnreadBytes);
