using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.ReadFeed"/>.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="After">The state after which to read.</param>
/// <param name="MaxCommits">The most records to answer, at most 4000.</param>
/// <param name="MaxBytes">The most bytes of records to answer; one record is answered whatever its size.</param>
public sealed record ReadFeedWork(string Handle, LiveState After, int MaxCommits, long MaxBytes);
