namespace ITwinOrleans.Grains.Files;

/// <summary>The files that all silos share: bases of live iModels, versions, changesets. Names are never used twice, so a file never changes.</summary>
/// <remarks>
/// The store itself knows nothing of epochs. A file counts only once a row of the database, written under its owner's epoch, names it; what no row names is
/// rubbish of somebody who failed or came too late, and is removed by the iModel's owner.
/// </remarks>
public interface IFileStore
{
    /// <summary>Puts a file there: whole, durable and under its name, or not at all.</summary>
    /// <param name="name">A name that was never used: see <see cref="StoredName"/>.</param>
    /// <param name="content">The content from its start; it can be read more than once.</param>
    /// <param name="cancellationToken">Gives up; nothing remains.</param>
    /// <exception cref="FileStoreException">The store cannot be reached, is full, or refused.</exception>
    Task<StoredFile> PutAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Reads a file from an offset to its end; null when there is none of that name. The caller disposes the stream.</summary>
    /// <exception cref="FileStoreException">The store cannot be reached, or refused.</exception>
    Task<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancellationToken);

    /// <summary>Removes a file; harmless if there is none.</summary>
    /// <exception cref="FileStoreException">The store cannot be reached, or refused.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names of the files in a folder and below.</summary>
    /// <exception cref="FileStoreException">The store cannot be reached, or refused.</exception>
    IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken);
}
