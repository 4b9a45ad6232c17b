using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>What a reading of the feed found.</summary>
/// <param name="Owner">This owner's incarnation. Another one than before does not know the reader's sessions: they have to be opened again.</param>
/// <param name="Head">The newest state.</param>
/// <param name="Commits">The records after the state that was asked for, in order, without a gap.</param>
public sealed record LiveNews(string Owner, LiveState Head, IReadOnlyList<LiveCommit> Commits)
{
    /// <summary>Why the state that was asked for is not in the history any more; null when it is.</summary>
    public string? Reload { get; init; }

    /// <summary>The presence that <see cref="Presence"/> leads to.</summary>
    public long PresenceVersion { get; init; }

    /// <summary>Changes of presence, or all people: UTF-8 JSON, or empty when nothing changed.</summary>
    public ReadOnlyMemory<byte> Presence { get; init; }

    /// <summary>Whether <see cref="Presence"/> is everybody (<c>{"people"}</c>) rather than changes (<c>{"joined","left","changed"}</c>).</summary>
    public bool IsWholePresence { get; init; }
}
