namespace ITwinOrleans.Grains.Catalog;

/// <summary>What tells one file from another that took its place: if any part differs, what was read from the old one is no longer true.</summary>
/// <param name="Path">The full path.</param>
/// <param name="SizeBytes">The length.</param>
/// <param name="ModifiedNanoseconds">The time of the last change of its content, in nanoseconds since 1970.</param>
/// <param name="Inode">The inode: a file that was renamed over another keeps its own.</param>
/// <param name="Device">The device that the inode belongs to.</param>
public sealed record FileIdentity(string Path, long SizeBytes, long ModifiedNanoseconds, ulong Inode, ulong Device)
{
    /// <summary>Whether it is the same file, with whatever content: a live iModel changes its own.</summary>
    public bool IsSameFile(FileIdentity other) => Path == other.Path && Inode == other.Inode && Device == other.Device;

    /// <summary>When the content was last changed.</summary>
    public DateTimeOffset Modified => DateTimeOffset.UnixEpoch.AddTicks(ModifiedNanoseconds / 100);
}
