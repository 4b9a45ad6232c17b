namespace ITwinOrleans.Grains.Durability;

/// <summary>A write named an epoch that is not (or no longer) the iModel's: somebody took a later one, or this one was released. Nothing was written.</summary>
/// <param name="key">The iModel's file key.</param>
/// <param name="epoch">The epoch that was named.</param>
/// <param name="current">The newest epoch, or 0 if the store knows none.</param>
public sealed class StaleEpochException(string key, long epoch, long current)
    : DurabilityException($"Epoch {epoch} of {key} may not write any more; the newest epoch is {current}.")
{
    /// <summary>The iModel's file key.</summary>
    public string Key => key;

    /// <summary>The epoch that was refused.</summary>
    public long Epoch => epoch;

    /// <summary>The newest epoch.</summary>
    public long Current => current;
}
