namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>An element that another session has locked.</summary>
/// <param name="Id">The element.</param>
/// <param name="Session">The session that holds the lock.</param>
/// <param name="User">The session's user.</param>
public sealed record LiveLock(string Id, string Session, LiveUser User);
