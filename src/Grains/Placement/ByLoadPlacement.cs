namespace ITwinOrleans.Grains.Placement;

/// <summary>The strategy of <see cref="ByLoadAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.ByLoad")]
internal sealed class ByLoadPlacement : PlacementStrategy;
