namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>What a reading of the feed says besides the records.</summary>
/// <param name="Head">The newest state.</param>
/// <param name="Reload">Why the state that was asked for is not in the history, so that the client must read everything anew; null when it is.</param>
public sealed record LiveFeedHead(LiveState Head, string? Reload = null);
