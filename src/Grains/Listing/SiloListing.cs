namespace ITwinOrleans.Grains.Listing;

/// <summary>One silo of the cluster.</summary>
/// <param name="Name">Its name, from the settings.</param>
/// <param name="Address">Its address and port for other silos.</param>
/// <param name="Status"><c>joining</c>, <c>active</c>, <c>shuttingDown</c>, <c>stopping</c> or <c>dead</c>, as the list of silos says.</param>
/// <param name="Since">When it started.</param>
/// <param name="Report">What it says of itself; null when it does not answer.</param>
public sealed record SiloListing(string Name, string Address, string Status, DateTimeOffset Since, SiloReport? Report);
