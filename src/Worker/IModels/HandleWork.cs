namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Close"/>.</summary>
/// <param name="Handle">The handle given to <see cref="IModelWork.Open"/>.</param>
public sealed record HandleWork(string Handle);
