namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>An iModel's file as it was in its owner's epoch, made for the epoch after it.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="Base">The base that it was made from.</param>
/// <param name="Position">The last chunk that is in it.</param>
/// <param name="Path">Where it is.</param>
internal sealed record AheadFile(string Key, long Epoch, JournalBase Base, long Position, string Path)
{
    /// <summary>Whether an opening may begin with it: who took the iModel took it from that owner, and its journal went on from there.</summary>
    public bool Fits(Ownership ownership, JournalBase start, JournalHead head) =>
        Key == ownership.Key && Epoch + 1 == ownership.Epoch && Base == start && Position <= head.Position;

    /// <summary>Removes the file.</summary>
    public void Remove() => LiveFolder.Remove(Path);
}
