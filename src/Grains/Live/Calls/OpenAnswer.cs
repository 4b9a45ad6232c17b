namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>What a session finds.</summary>
/// <param name="Key">The iModel's key.</param>
/// <param name="Session">The session.</param>
/// <param name="Epoch">The state's epoch.</param>
/// <param name="Sequence">The state's sequence.</param>
/// <param name="Writable">Whether transactions are taken.</param>
/// <param name="Reason">Why not.</param>
public sealed record OpenAnswer(string Key, string Session, long Epoch, long Sequence, bool Writable, string? Reason = null);
