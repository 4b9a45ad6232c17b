using System.Security.Cryptography;
using System.Text;
using ITwinOrleans.Api.Tiles;
using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Api.Hosting;

/// <summary>The catalogue's iModels as sources of tiles: those whose id only one file has. Files are only read here, so each is a fixed version until replaced.</summary>
internal sealed class CatalogTileSource(IModelCatalog catalog) : ITileSource
{
    /// <inheritdoc/>
    public async ValueTask<TileSourceIModel?> FindAsync(string iModelId, CancellationToken cancellationToken)
    {
        CatalogEntry? entry = Only(iModelId);
        if (entry is null)
            await catalog.WhenReadAsync(cancellationToken).ConfigureAwait(false);

        // The file is looked at, because what the catalogue was told may be some moments old.
        entry = (entry ?? Only(iModelId)) is { } found ? catalog.Refresh(found.Key) : null;
        return entry?.Description is { } description
            ? new TileSourceIModel(entry.Key, description.ITwinId, description.IModelId, description.Changeset.Id, VersionOf(entry.Identity))
            : null;
    }

    private CatalogEntry? Only(string iModelId)
    {
        CatalogEntry? only = null;
        foreach (CatalogEntry entry in catalog.Entries)
        {
            if (entry.Description is not { } description || !description.IModelId.Equals(iModelId, StringComparison.OrdinalIgnoreCase))
                continue;
            if (only is not null)
                return null;
            only = entry;
        }

        return only;
    }

    // Not the device: it has another number in each Api's container, and an URL from one has to be good at another.
    private static string VersionOf(FileIdentity identity)
    {
        string text = $"{identity.SizeBytes} {identity.ModifiedNanoseconds} {identity.Inode}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 8));
    }
}
