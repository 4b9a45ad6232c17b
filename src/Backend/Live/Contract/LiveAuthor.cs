namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>Whose commit it is.</summary>
/// <param name="Session">The session that writes; a conflict is what another session wrote.</param>
/// <param name="User">The session's user.</param>
public sealed record LiveAuthor(string Session, LiveUser User);
