using ITwinOrleans.Api.Catalog;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Api.Hosting;

/// <summary>REST's iModels are those of the catalogue.</summary>
internal sealed class CatalogStore(IModelCatalog catalog, IEditedFiles edited, IModelDirectory directory, IModelUploads uploads) : IIModelStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<IModelListing>> ListAsync(CancellationToken cancellationToken) => directory.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IModelListing?> FindAsync(string key, CancellationToken cancellationToken) => directory.FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionInfo>> SessionsAsync(string key, CancellationToken cancellationToken) => directory.SessionsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public async Task<FileStream?> OpenFileAsync(string key, CancellationToken cancellationToken)
    {
        if (await edited.IsEditedAsync(key, cancellationToken).ConfigureAwait(false))
            throw new IModelBusyException("The iModel is open for editing, or has edits that its file lacks. Name a version and download that.", TimeSpan.FromSeconds(10));
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
