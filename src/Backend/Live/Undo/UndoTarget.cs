namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>What an undo or a redo inverts.</summary>
/// <param name="Root">The edit's sequence.</param>
/// <param name="OperationId">The edit's operation id.</param>
/// <param name="Description">The edit's description.</param>
/// <param name="Last">The sequence of the commit whose inverse is applied: the edit, or its last undo or redo.</param>
internal sealed record UndoTarget(long Root, string OperationId, string Description, long Last);
