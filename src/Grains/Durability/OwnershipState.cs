namespace ITwinOrleans.Grains.Durability;

/// <summary>What a store knows of an iModel's ownership.</summary>
/// <param name="Key">The iModel's file key.</param>
/// <param name="Epoch">The newest epoch.</param>
/// <param name="Owner">Who took it.</param>
/// <param name="Taken">When.</param>
/// <param name="Renewed">When the owner last showed that it is there.</param>
/// <param name="Released">Whether the owner gave it back. A released epoch writes no more.</param>
public sealed record OwnershipState(string Key, long Epoch, OwnerIdentity Owner, DateTimeOffset Taken, DateTimeOffset Renewed, bool Released);
