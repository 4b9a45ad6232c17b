namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Checkpoint"/>.</summary>
/// <param name="Handle">The handle given to <see cref="IModelWork.Open"/>.</param>
/// <param name="Epoch">The epoch that the caller writes under.</param>
/// <param name="Sequence">The newest commit that the caller knows; refused (<c>Busy</c>) when the file has a newer one.</param>
public sealed record CheckpointWork(string Handle, long Epoch, long Sequence);
