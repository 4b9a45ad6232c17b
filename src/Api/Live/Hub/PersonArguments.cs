namespace ITwinOrleans.Api.Live.Hub;

/// <summary>How others see a client.</summary>
/// <param name="Name">The name; where users are signed in their token has it.</param>
/// <param name="Color">Any CSS colour.</param>
/// <param name="Id">The user's id, which undo and history go by: where nobody signs in a client may keep one of its own. Ignored otherwise.</param>
public sealed record PersonArguments(string? Name = null, string? Color = null, string? Id = null);
