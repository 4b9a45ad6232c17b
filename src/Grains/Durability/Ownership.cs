namespace ITwinOrleans.Grains.Durability;

/// <summary>The right to write one iModel, as the store gave it. Every durable write names it, and is refused once somebody took a later one.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="Path">The catalogue's file of that key, full path.</param>
/// <param name="Epoch">The epoch, from 1; each taking has a greater one.</param>
/// <param name="Owner">Who owns.</param>
public sealed record Ownership(string Key, string Path, long Epoch, OwnerIdentity Owner);
