namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>The part of a commit's record that does not grow with what it changed; history consists of these.</summary>
/// <param name="Epoch">See <see cref="LiveState.Epoch"/>.</param>
/// <param name="Sequence">See <see cref="LiveState.Sequence"/>.</param>
/// <param name="Kind">What made it.</param>
/// <param name="OperationId">The id that its client chose.</param>
/// <param name="Undone">Of an undo or a redo: the operation that it undoes or redoes.</param>
/// <param name="Time">When it was committed, UTC.</param>
/// <param name="Description">What its author says about it.</param>
/// <param name="User">Its author.</param>
/// <param name="Session">The author's session.</param>
/// <param name="Changed">How many elements and models it inserted, updated and deleted.</param>
public sealed record LiveCommitHeader(
    long Epoch,
    long Sequence,
    LiveCommitKind Kind,
    string OperationId,
    string? Undone,
    DateTimeOffset Time,
    string Description,
    LiveUser User,
    string Session,
    int Changed);
