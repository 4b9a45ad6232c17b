using ITwinOrleans.Grains.Durability.Wal;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>What one append brings: pages and records of some commits. Sent again as it is while its outcome is unknown.</summary>
/// <param name="From">The newest chunk before.</param>
/// <param name="Changes">The pages, or null.</param>
/// <param name="Records">The records, in order.</param>
internal sealed record JournalBatch(long From, WalChanges? Changes, IReadOnlyList<CommitRecord> Records)
{
    /// <summary>How many chunks it has.</summary>
    public int Chunks => Changes is null ? 0 : (Changes.Frames.Count + PageChunkFormat.MaxPages - 1) / PageChunkFormat.MaxPages;

    /// <summary>The newest chunk afterwards.</summary>
    public long To => From + Chunks;
}
