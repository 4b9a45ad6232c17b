namespace ITwinOrleans.Grains.Durability;

/// <summary>Who owns, for other owners, logs and people who look into the store.</summary>
/// <param name="Name">The silo, different for each start of it.</param>
/// <param name="Address">Where it is reached, or empty.</param>
/// <param name="ProcessId">Its process on its machine.</param>
public sealed record OwnerIdentity(string Name, string Address, int ProcessId);
