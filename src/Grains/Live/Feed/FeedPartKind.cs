namespace ITwinOrleans.Grains.Live.Feed;

/// <summary>Whether a reader's state is in the window.</summary>
public enum FeedPartKind : byte
{
    /// <summary>It is; what follows it is here.</summary>
    Commits,

    /// <summary>It is older than the window: what follows it is in the file, if anywhere.</summary>
    Older,

    /// <summary>It is no state of this history: the reader must read everything anew.</summary>
    Unknown,
}
