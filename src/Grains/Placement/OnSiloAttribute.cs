using Orleans.Placement;

namespace ITwinOrleans.Grains.Placement;

/// <summary>Puts a grain whose key is a silo's address (<c>SiloAddress.ToParsableString</c>) on that silo, and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSiloAttribute() : PlacementAttribute(new OnSiloPlacement());
