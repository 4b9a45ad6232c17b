namespace ITwinOrleans.Grains.Live;

/// <summary>Settings of live iModels (section <c>Live</c>). Every bound has a clear refusal behind it.</summary>
public sealed class LiveOptions
{
    /// <summary>How many writes of one iModel wait for their turn. One more is refused as <c>Busy</c>.</summary>
    public int MaxQueuedWrites { get; set; } = 1000;

    /// <summary>The bytes of all writes of one iModel that wait or run. One more is refused as <c>Busy</c>, unless it is alone.</summary>
    public long MaxQueuedWriteBytes { get; set; } = 256L << 20;

    /// <summary>The largest transaction, in bytes of JSON. A larger one is refused as <c>TooLarge</c>.</summary>
    public int MaxTransactionBytes { get; set; } = 64 << 20;

    /// <summary>How many writes are in the worker at once, so that it need not wait for the owner between two. They are applied one after the other.</summary>
    public int WritesInFlight { get; set; } = 4;

    /// <summary>How often a write is sent again whose worker died under it and it alone.</summary>
    public int MaxWriteRetries { get; set; } = 2;

    /// <summary>How many commits the owner keeps in memory for readers of the feed; older ones come from the file.</summary>
    public int WindowCommits { get; set; } = 4096;

    /// <summary>The bytes of the commits that the owner keeps in memory. The newest is kept whatever its size.</summary>
    public long WindowBytes { get; set; } = 16L << 20;

    /// <summary>The commits in one answer of the feed.</summary>
    public int MaxReadCommits { get; set; } = 1000;

    /// <summary>The bytes of commits in one answer of the feed; one commit is answered whatever its size.</summary>
    public long MaxReadBytes { get; set; } = 4L << 20;

    /// <summary>The longest time that a reading of the feed waits for news.</summary>
    public TimeSpan MaxReadWait { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How many sessions may be open on one iModel.</summary>
    public int MaxSessions { get; set; } = 2000;

    /// <summary>After how long without a reading of the feed the sessions of an Api count as gone, with their locks.</summary>
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many elements one session may have locked.</summary>
    public int MaxLocksPerSession { get; set; } = 10_000;

    /// <summary>The least time between two changes of presence that a reader of the feed is told.</summary>
    public TimeSpan PresenceInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The bytes of one session's presence (selection, camera and cursor as JSON).</summary>
    public int MaxPresenceBytes { get; set; } = 16 * 1024;

    /// <summary>How often the owner shows the ownership store that it is there.</summary>
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long an iModel that could not be opened for writing is tried again.</summary>
    public TimeSpan WriteRetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait between two tries to reach a journal that cannot be reached.</summary>
    public TimeSpan JournalRetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long the journal is tried to be compacted again, where that failed.</summary>
    public TimeSpan CompactionRetryInterval { get; set; } = TimeSpan.FromSeconds(10);
}
