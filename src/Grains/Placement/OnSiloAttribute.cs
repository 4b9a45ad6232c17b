using Orleans.Placement;

namespace ITwinOrleans.Grains.Placement;

/// <summary>Puts a grain on the silo that its key (<see cref="OnSiloKey"/>) names, and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSiloAttribute() : PlacementAttribute(new OnSiloPlacement());
