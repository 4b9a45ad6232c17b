namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>What was committed in a log since a position: the last image of each page.</summary>
/// <param name="Frames">Of each page number the position of its image in the log.</param>
/// <param name="Pages">How many pages the database has after the last of these commits.</param>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="End">Where the log is read on.</param>
internal sealed record WalChanges(SortedDictionary<uint, long> Frames, uint Pages, int PageSize, WalPosition End);
