namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.History"/>.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="Count">The most commits to answer, at most 1000.</param>
/// <param name="Before">Only commits with a smaller sequence; null from the newest.</param>
/// <param name="User">Only this user's commits (an id); null for everybody's.</param>
public sealed record HistoryWork(string Handle, int Count, long? Before = null, string? User = null);
