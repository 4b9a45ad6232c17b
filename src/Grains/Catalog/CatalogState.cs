namespace ITwinOrleans.Grains.Catalog;

/// <summary>What the catalogue knows of a file.</summary>
public enum CatalogState : byte
{
    /// <summary>It was found and is still to be read.</summary>
    Unread,

    /// <summary>It is an iModel.</summary>
    Valid,

    /// <summary>It cannot be opened as an iModel; the entry says why.</summary>
    Invalid,
}
