using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Api.Hosting;

/// <summary>REST's iModels are those of the catalogue.</summary>
internal sealed class CatalogStore(IModelCatalog catalog, IModelDirectory directory, IModelUploads uploads) : IIModelStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<IModelListing>> ListAsync(CancellationToken cancellationToken) => directory.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IModelListing?> FindAsync(string key, CancellationToken cancellationToken) => directory.FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionInfo>> SessionsAsync(string key, CancellationToken cancellationToken) => directory.SessionsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public FileStream? OpenFile(string key)
    {
        if (catalog.IsLive(key))
            throw new IModelBusyException("The iModel is open for editing. Name a version and download that, or close it everywhere.", TimeSpan.FromSeconds(10));
        try
        {
            return catalog.Find(key) is { } entry
                ? new FileStream(entry.Identity.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous)
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IModelListing> AddAsync(string key, Stream content, bool replace, IProgress<long> progress, CancellationToken cancellationToken)
    {
        CatalogEntry added = await uploads.AddAsync(key, content, replace, progress, cancellationToken).ConfigureAwait(false);
        return await directory.FindAsync(added.Key, cancellationToken).ConfigureAwait(false)
            ?? throw new UploadRefusedException(UploadRefusal.BadKey, "The file was removed as soon as it was added.");
    }
}
