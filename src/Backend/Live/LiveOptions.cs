namespace ITwinOrleans.Backend.Live;

/// <summary>What a live iModel allows, and how long it remembers.</summary>
public sealed record LiveOptions
{
    /// <summary>The largest transaction, in bytes of JSON. Default: 128 MiB.</summary>
    public int MaxTransactionBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>The most operations of one transaction. Default: 250,000.</summary>
    public int MaxOperations { get; init; } = 250_000;

    /// <summary>How long one transaction may take before it is abandoned. Default: 60 s.</summary>
    public TimeSpan MaxTransactionTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many transactions of one iModel may wait for their turn. Default: 1000.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>How many commits are kept for the feed, for repeated operation ids and for undo. Default: 100,000.</summary>
    public int KeepCommits { get; init; } = 100_000;

    /// <summary>How long a commit is kept, the newest excepted. Default: 30 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many entities' last changes are kept in memory for the conflict check; older ones are read from the file. Default: 200,000.</summary>
    public int MaxRememberedChanges { get; init; } = 200_000;

    /// <summary>How long the file is waited for when another process holds its lock. Default: 10 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
