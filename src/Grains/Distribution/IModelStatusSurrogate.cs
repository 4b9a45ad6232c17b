using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>An <see cref="IModelStatus"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.IModelStatus")]
internal struct IModelStatusSurrogate
{
    [Id(0)]
    public string Key;

    [Id(1)]
    public byte State;

    [Id(2)]
    public string Worker;

    [Id(3)]
    public int Openings;

    [Id(4)]
    public int CallsInFlight;

    [Id(5)]
    public int CallsQueued;

    [Id(6)]
    public DateTimeOffset LastUsed;

    [Id(7)]
    public SessionInfoSurrogate[] Sessions;

    [Id(8)]
    public long Epoch;

    [Id(9)]
    public long Sequence;

    [Id(10)]
    public int People;

    [Id(11)]
    public bool IsWriting;

    [Id(12)]
    public bool IsReplica;

    public static IModelStatusSurrogate From(IModelStatus status) => new()
    {
        Key = status.Key,
        State = (byte)status.State,
        Worker = status.Worker,
        Openings = status.Openings,
        CallsInFlight = status.CallsInFlight,
        CallsQueued = status.CallsQueued,
        LastUsed = status.LastUsed,
        Sessions = [.. status.Sessions.Select(SessionInfoSurrogate.From)],
        Epoch = status.Writable?.Epoch ?? 0,
        Sequence = status.Writable?.Sequence ?? 0,
        People = status.People,
        IsWriting = status.IsWriting,
        IsReplica = status.IsReplica,
    };

    public readonly IModelStatus ToStatus() =>
        new(Key, (IModelState)State, Worker, Openings, CallsInFlight, CallsQueued, LastUsed, [.. Sessions.Select(s => s.ToSession())])
        {
            // Epochs begin with 1.
            Writable = Epoch == 0 ? null : new LiveState(Epoch, Sequence),
            People = People,
            IsWriting = IsWriting,
            IsReplica = IsReplica,
        };
}
