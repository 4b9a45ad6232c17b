namespace ITwinOrleans.Grains.Catalog;

/// <summary>One file of the catalogue. Immutable: a file that changed gets a new entry, so an owner sees a replacement by comparing.</summary>
public sealed record CatalogEntry
{
    /// <summary>The file key (see <see cref="IModelKey"/>).</summary>
    public required string Key { get; init; }

    /// <summary>Which file it is.</summary>
    public required FileIdentity Identity { get; init; }

    /// <summary>What is known of it.</summary>
    public CatalogState State { get; init; }

    /// <summary>What it says of itself, once it was read.</summary>
    public IModelDescription? Description { get; init; }

    /// <summary>Why it is invalid, free of paths.</summary>
    public string? Reason { get; init; }
}
