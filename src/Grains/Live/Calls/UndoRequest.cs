namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>An undo or a redo of the user's own operations.</summary>
/// <param name="OperationId">The id of this undo or redo itself.</param>
/// <param name="Target">The operation to undo or redo; null for the newest.</param>
/// <param name="Description">What history shows; null for the target's description.</param>
public sealed record UndoRequest(string OperationId, string? Target = null, string? Description = null);
