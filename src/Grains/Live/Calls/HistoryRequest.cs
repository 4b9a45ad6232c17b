namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>Which part of the history.</summary>
/// <param name="Count">The most commits, at most 1000.</param>
/// <param name="Before">Only commits with a smaller sequence; null from the newest.</param>
/// <param name="User">Only this user's commits (an id); null for everybody's.</param>
public sealed record HistoryRequest(int Count = 100, long? Before = null, string? User = null);
