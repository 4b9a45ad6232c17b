namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>Why nothing was done.</summary>
/// <param name="Name">One of <see cref="LiveRefusals"/>.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="ErrorNumber">The native library's status (iTwin.js: <c>IModelStatus</c>, <c>DbResult</c>), when it was the one that refused.</param>
/// <param name="Operation">The index of the operation that was refused.</param>
/// <param name="Conflicts">What others changed, of a <see cref="LiveRefusals.Conflict"/>.</param>
/// <param name="Locks">Who holds what, of <see cref="LiveRefusals.Locked"/>.</param>
public sealed record LiveRefusal(
    string Name,
    string Message,
    int? ErrorNumber = null,
    int? Operation = null,
    IReadOnlyList<LiveConflict>? Conflicts = null,
    IReadOnlyList<LiveLock>? Locks = null);
