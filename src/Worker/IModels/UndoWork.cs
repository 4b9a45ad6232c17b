using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Undo"/> and <see cref="IModelWork.Redo"/>.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="Epoch">The epoch that the owner writes under.</param>
/// <param name="Session">The session that asks.</param>
/// <param name="User">The session's user, whose operations alone are undone.</param>
/// <param name="OperationId">The id of this undo or redo itself: the same id is applied once.</param>
/// <param name="Target">The operation to undo or redo; null for the newest.</param>
/// <param name="Description">What history shows; null for the target's description.</param>
public sealed record UndoWork(
    string Handle, long Epoch, string Session, LiveUser User, string OperationId, string? Target = null, string? Description = null);
