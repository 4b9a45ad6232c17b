namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Unstage"/>.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="Session">The session.</param>
public sealed record SessionWork(string Handle, string Session);
