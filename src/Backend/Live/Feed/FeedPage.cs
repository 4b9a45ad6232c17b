using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>A part of the feed.</summary>
/// <param name="Head">The newest state, and whether the client must reload.</param>
/// <param name="Records">The records of the commits after the state that was asked for, in order, UTF-8 JSON each.</param>
public sealed record FeedPage(LiveFeedHead Head, IReadOnlyList<ReadOnlyMemory<byte>> Records);
