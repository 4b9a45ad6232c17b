namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>Who writes.</summary>
/// <param name="Id">The user's id, which undo and history go by.</param>
/// <param name="Name">The name that others see.</param>
public sealed record LiveUser(string Id, string Name);
