namespace ITwinOrleans.Grains.Durability;

/// <summary>A commit as the feed has it.</summary>
/// <param name="Sequence">Its sequence: one more than that of the commit before.</param>
/// <param name="Json">The feed's record, UTF-8 JSON. The journal keeps it: not pooled memory.</param>
public readonly record struct CommitRecord(long Sequence, ReadOnlyMemory<byte> Json);
