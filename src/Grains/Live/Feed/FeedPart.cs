using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Live.Feed;

/// <summary>What <see cref="FeedWindow.Read"/> found.</summary>
/// <param name="Kind">Whether the reader's state is one of the window's.</param>
/// <param name="Commits">The commits after it; none when it is the newest.</param>
public sealed record FeedPart(FeedPartKind Kind, IReadOnlyList<LiveCommit> Commits)
{
    internal static readonly FeedPart Older = new(FeedPartKind.Older, []), Unknown = new(FeedPartKind.Unknown, []);
}
