using Orleans.Placement;

namespace ITwinOrleans.Grains.Placement;

/// <summary>Puts an iModel's grain on the silo that has most room for it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ByLoadAttribute() : PlacementAttribute(new ByLoadPlacement());
