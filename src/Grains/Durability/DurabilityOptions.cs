namespace ITwinOrleans.Grains.Durability;

/// <summary>Settings of durability (section <c>Durability</c>).</summary>
public sealed class DurabilityOptions
{
    /// <summary>What makes commits durable and proves ownership.</summary>
    public DurabilityMode Mode { get; set; }

    /// <summary>How PostgreSQL is reached, in Npgsql's form. The tables are made in its schema <c>itwin</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>This silo's own folder for the files of live iModels, which can always be made anew. Two silos may not share one.</summary>
    public string LiveFolder { get; set; } = "";

    /// <summary>How long the database is tried for one call before it counts as unavailable. Writers wait this long for their refusal.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a failed try the next one is made.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many bytes an iModel's journal has before it is due for compaction, at least. Restoring reads all of it.</summary>
    public long CompactionBytes { get; set; } = 4L << 20;

    /// <summary>Which part of its file it has then, at least: one by this. Compaction stores the whole file; where the journal is a twentieth of it, restoring takes
    /// about as long for the one as for the other.</summary>
    public int CompactionFileShare { get; set; } = 20;

    /// <summary>How many bytes its write-ahead log has before it is due, whatever the journal has: the log takes room on this machine.</summary>
    public long CompactionLogBytes { get; set; } = 1L << 30;

    /// <summary>How many records of commits are kept at least, per iModel.</summary>
    public int RetainedCommits { get; set; } = 10_000;

    /// <summary>How long records are kept at least.</summary>
    public TimeSpan RetainedTime { get; set; } = TimeSpan.FromDays(7);
}
