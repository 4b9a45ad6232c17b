namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>A silo as another one knows it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Status">Its status.</param>
/// <param name="Name">Its name, from the settings.</param>
[GenerateSerializer, Immutable, Alias("ITwinOrleans.SiloMember")]
internal readonly record struct SiloMember([property: Id(0)] SiloAddress Address, [property: Id(1)] SiloStatus Status, [property: Id(2)] string Name);
