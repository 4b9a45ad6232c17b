namespace ITwinOrleans.Grains.Catalog;

/// <summary>The project extents of an iModel, in metres, in its own coordinates.</summary>
/// <param name="Low">x, y, z of the lowest corner.</param>
/// <param name="High">x, y, z of the highest corner.</param>
public sealed record Extents(IReadOnlyList<double> Low, IReadOnlyList<double> High);
