namespace ITwinOrleans.Grains.Placement;

/// <summary>The strategy of <see cref="OnSiloAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.OnSilo")]
internal sealed class OnSiloPlacement : PlacementStrategy;
