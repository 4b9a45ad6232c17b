using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Api.Catalog;

/// <summary>The iModels that people and scripts list, look at, add and take: the seam between REST and the catalogue.</summary>
public interface IIModelStore
{
    /// <summary>All iModels, by key.</summary>
    Task<IReadOnlyList<IModelListing>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One iModel; null when there is no such file.</summary>
    Task<IModelListing?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Who uses it.</summary>
    Task<IReadOnlyList<SessionInfo>> SessionsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens its file to be read; null when there is no such file.</summary>
    /// <exception cref="IModelBusyException">It is being edited, so that the file alone is not all of it.</exception>
    Task<FileStream?> OpenFileAsync(string key, CancellationToken cancellationToken);

    /// <summary>Takes a file in, whole or not at all.</summary>
    /// <exception cref="Grains.Catalog.UploadRefusedException">It was not taken; the message says why.</exception>
    Task<IModelListing> AddAsync(string key, Stream content, bool replace, IProgress<long> progress, CancellationToken cancellationToken);
}
