using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>A <see cref="LiveNews"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.LiveNews")]
internal struct LiveNewsSurrogate
{
    [Id(0)]
    public string Owner;

    [Id(1)]
    public long HeadEpoch;

    [Id(2)]
    public long HeadSequence;

    [Id(3)]
    public long[] Epochs;

    [Id(4)]
    public long[] Sequences;

    [Id(5)]
    public ReadOnlyMemory<byte>[] Records;

    [Id(6)]
    public string? Reload;

    [Id(7)]
    public long PresenceVersion;

    [Id(8)]
    public ReadOnlyMemory<byte> Presence;

    [Id(9)]
    public bool IsWholePresence;

    public static LiveNewsSurrogate From(LiveNews news) => new()
    {
        Owner = news.Owner,
        HeadEpoch = news.Head.Epoch,
        HeadSequence = news.Head.Sequence,
        Epochs = [.. news.Commits.Select(c => c.State.Epoch)],
        Sequences = [.. news.Commits.Select(c => c.State.Sequence)],
        Records = [.. news.Commits.Select(c => c.Record)],
        Reload = news.Reload,
        PresenceVersion = news.PresenceVersion,
        Presence = news.Presence,
        IsWholePresence = news.IsWholePresence,
    };

    public readonly LiveNews ToValue() => new(Owner, new LiveState(HeadEpoch, HeadSequence), ToCommits())
    {
        Reload = Reload,
        PresenceVersion = PresenceVersion,
        Presence = Presence,
        IsWholePresence = IsWholePresence,
    };

    private readonly LiveCommit[] ToCommits()
    {
        var commits = new LiveCommit[Records.Length];
        for (var i = 0; i < commits.Length; i++)
            commits[i] = new LiveCommit(new LiveState(Epochs[i], Sequences[i]), Records[i]);
        return commits;
    }
}
