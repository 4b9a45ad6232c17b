using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>A <see cref="LiveRead"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.LiveRead")]
internal struct LiveReadSurrogate
{
    [Id(0)]
    public string Relay;

    [Id(1)]
    public bool HasAfter;

    [Id(2)]
    public long Epoch;

    [Id(3)]
    public long Sequence;

    [Id(4)]
    public string Owner;

    [Id(5)]
    public long PresenceVersion;

    [Id(6)]
    public TimeSpan MaxWait;

    public static LiveReadSurrogate From(LiveRead read) => new()
    {
        Relay = read.Relay,
        HasAfter = read.After is not null,
        Epoch = read.After?.Epoch ?? 0,
        Sequence = read.After?.Sequence ?? 0,
        Owner = read.Owner,
        PresenceVersion = read.PresenceVersion,
        MaxWait = read.MaxWait,
    };

    public readonly LiveRead ToValue() => new(Relay, HasAfter ? new LiveState(Epoch, Sequence) : null, Owner, PresenceVersion, MaxWait);
}
