using ITwinOrleans.Grains.Balance;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>A <see cref="SiloLoad"/> on its way to another process.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.SiloLoad")]
internal struct SiloLoadSurrogate
{
    [Id(0)]
    public string Silo;

    [Id(1)]
    public bool IsLeaving;

    [Id(2)]
    public int OpenIModels;

    [Id(3)]
    public int MaxOpenIModels;

    [Id(4)]
    public long MemoryBytes;

    [Id(5)]
    public long MaxMemoryBytes;

    [Id(6)]
    public int CallsInFlight;

    [Id(7)]
    public double CallsPerSecond;

    [Id(8)]
    public string[] Warm;

    public static SiloLoadSurrogate From(SiloLoad load) => new()
    {
        Silo = load.Silo,
        IsLeaving = load.IsLeaving,
        OpenIModels = load.OpenIModels,
        MaxOpenIModels = load.MaxOpenIModels,
        MemoryBytes = load.MemoryBytes,
        MaxMemoryBytes = load.MaxMemoryBytes,
        CallsInFlight = load.CallsInFlight,
        CallsPerSecond = load.CallsPerSecond,
        Warm = [.. load.Warm],
    };

    public readonly SiloLoad ToLoad() =>
        new(Silo, IsLeaving, OpenIModels, MaxOpenIModels, MemoryBytes, MaxMemoryBytes, CallsInFlight, CallsPerSecond, Warm);
}
