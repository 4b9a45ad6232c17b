namespace ITwinOrleans.Grains.Durability;

/// <summary>What an owner asks for.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="Path">The catalogue's file of that key, full path: what is opened on a single machine, what the first base is made of in a cluster.</param>
/// <param name="Owner">Who asks.</param>
/// <param name="ExpectedEpoch">The epoch that the store has as far as the owner saw (<see cref="IOwnershipStore.FindAsync"/>); 0 for an iModel that it does not know.</param>
public sealed record OwnershipRequest(string Key, string Path, OwnerIdentity Owner, long ExpectedEpoch)
{
    /// <summary>The newest epoch that the file's own feed names, if that is known: the new one is greater. A file that was restored from a backup or copied
    /// from elsewhere brings its history along.</summary>
    public long AtLeast { get; init; }
}
