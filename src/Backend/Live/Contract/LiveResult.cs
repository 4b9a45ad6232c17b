namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>What became of a transaction, an undo or a redo; of a trial (staging) the ids alone.</summary>
/// <param name="Epoch">The commit's epoch; 0 of a trial.</param>
/// <param name="Sequence">The commit's sequence; 0 of a trial.</param>
/// <param name="Ids">The ids that named inserts got, by their names.</param>
/// <param name="Inserted">One entry for each operation, in their order: the id that an insert got, else null.</param>
/// <param name="Repeated">Whether the operation was committed before, and this is what it answered then.</param>
public sealed record LiveResult(
    long Epoch, long Sequence, IReadOnlyDictionary<string, string> Ids, IReadOnlyList<string?> Inserted, bool Repeated = false);
