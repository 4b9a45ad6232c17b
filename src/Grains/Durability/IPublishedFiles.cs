using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Grains.Durability;

/// <summary>The files that belong to an iModel beside its live one, for all silos: the checkpoints and changesets of its versions. In a cluster only.</summary>
public interface IPublishedFiles
{
    /// <summary>Stores a file and publishes it under the owner's epoch: all silos see it whole, or not at all. One of the same name is replaced.</summary>
    /// <param name="ownership">The owner's right.</param>
    /// <param name="name">Its name, of this iModel: see <see cref="StoredName"/>; for example <c>versions/3.bim</c>.</param>
    /// <param name="path">The local file, which nobody changes.</param>
    /// <param name="cancellationToken">Gives up; nothing is published.</param>
    /// <exception cref="StaleEpochException">Somebody took a later epoch: nothing is published.</exception>
    /// <exception cref="JournalUnavailableException">The database or the files cannot be reached.</exception>
    Task<StoredFile> PublishAsync(Ownership ownership, string name, string path, CancellationToken cancellationToken);

    /// <summary>An iModel's published files by their names. <see cref="FileCache"/> makes local copies.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be reached.</exception>
    Task<IReadOnlyDictionary<string, StoredFile>> ListAsync(string key, CancellationToken cancellationToken);
}
