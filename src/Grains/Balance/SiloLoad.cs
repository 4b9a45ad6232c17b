namespace ITwinOrleans.Grains.Balance;

/// <summary>How busy a silo is, as it says of itself.</summary>
/// <param name="Silo">The silo's address, as Orleans writes it.</param>
/// <param name="IsLeaving">Whether it is going down.</param>
/// <param name="OpenIModels">How many iModels it has open, is opening or closing.</param>
/// <param name="MaxOpenIModels">How many it may have open at once.</param>
/// <param name="MemoryBytes">The memory in use where it runs: of the machine, or of the container.</param>
/// <param name="MaxMemoryBytes">The memory that there is; 0 when it is not known.</param>
/// <param name="CallsInFlight">The calls that run or wait at its owners.</param>
/// <param name="CallsPerSecond">The calls that came to its owners, since the load before this.</param>
/// <param name="Warm">The keys of iModels that it had open before: their files are in its memory or its cache still.</param>
public sealed record SiloLoad(
    string Silo, bool IsLeaving, int OpenIModels, int MaxOpenIModels, long MemoryBytes, long MaxMemoryBytes, int CallsInFlight, double CallsPerSecond,
    IReadOnlyList<string> Warm)
{
    /// <summary>Above this part of its memory a silo gets no iModel that another one can take.</summary>
    private const double MemoryLimit = 0.9;

    /// <summary>The part of the memory that is in use, from 0 to 1.</summary>
    public double MemoryShare => MaxMemoryBytes > 0 ? Math.Clamp((double)MemoryBytes / MaxMemoryBytes, 0, 1) : 0;

    /// <summary>Whether there is room for one more iModel beside so many that are on their way.</summary>
    public bool HasRoom(int coming = 0) => OpenIModels + coming < MaxOpenIModels && MemoryShare < MemoryLimit;
}
