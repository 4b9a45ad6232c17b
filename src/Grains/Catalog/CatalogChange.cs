namespace ITwinOrleans.Grains.Catalog;

/// <summary>A file came, went or was replaced.</summary>
/// <param name="Key">The file key.</param>
/// <param name="Before">The entry until now, or null for a new file.</param>
/// <param name="After">The entry from now on, or null for a file that is gone.</param>
public sealed record CatalogChange(string Key, CatalogEntry? Before, CatalogEntry? After);
