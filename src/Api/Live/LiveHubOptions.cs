using System.ComponentModel.DataAnnotations;

namespace ITwinOrleans.Api.Live;

/// <summary>What a connection to the hub may take (section <c>Hub</c>).</summary>
public sealed class LiveHubOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Hub";

    /// <summary>The largest message of a client, in bytes.</summary>
    [Range(32 * 1024, 512 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Calls of one connection that run at a time. Further ones are not read until one has ended.</summary>
    [Range(1, 1000)]
    public int CallsPerConnection { get; set; } = 16;

    /// <summary>Calls that one connection may make in a second, in the long run; more are refused as <c>Busy</c>.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 200;

    /// <summary>Calls that one connection may make at once after a rest.</summary>
    [Range(1, 1_000_000)]
    public int CallBurst { get; set; } = 1000;

    /// <summary>After how many calls refused in a row a connection counts as flooding and is ended.</summary>
    [Range(1, 1_000_000)]
    public int RefusalsBeforeAbort { get; set; } = 2000;

    /// <summary>The iModels that one connection may have open.</summary>
    [Range(1, 10_000)]
    public int OpenPerConnection { get; set; } = 32;

    /// <summary>How many commits the fan-out keeps in memory for each iModel.</summary>
    [Range(1, 1_000_000)]
    public int WindowCommits { get; set; } = 4096;

    /// <summary>The bytes of commits that the fan-out keeps in memory for each iModel.</summary>
    [Range(1024, int.MaxValue)]
    public long WindowBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most commits in one message to a subscriber.</summary>
    [Range(1, 100_000)]
    public int BatchCommits { get; set; } = 500;

    /// <summary>The most bytes of commits in one message to a subscriber; one commit is sent whatever its size.</summary>
    [Range(1024, int.MaxValue)]
    public long BatchBytes { get; set; } = 256 * 1024;

    /// <summary>Commits that come within this time of the last ones that were sent are sent together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan CoalescingTime { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The time between two messages of presence grows by this with each person, since everybody is told of everybody.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan PresenceTimePerPerson { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>After how long a client that does not read what it is sent is disconnected.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StallTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Large messages that are on their way at a time, to all clients of this process: each is in memory once for every client.</summary>
    [Range(1, 10_000)]
    public int LargeMessages { get; set; } = 32;

    /// <summary>How long a call is repeated whose owner moves.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MovePatience { get; set; } = TimeSpan.FromSeconds(20);
}
