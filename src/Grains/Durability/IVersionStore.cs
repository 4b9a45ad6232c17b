using ITwinOrleans.Grains.Catalog;

namespace ITwinOrleans.Grains.Durability;

/// <summary>
/// Brings the files of named versions, which a worker makes beside the live file, to where every silo and Api finds them: beside the catalogue's file. On a single
/// machine they are there already.
/// </summary>
/// <remarks>
/// A version is part of the timeline when the live file says so and the journal has that. So its files are stored before, and put in their place after: what
/// lies there was named by an owner that had the right to, and never changes.
/// </remarks>
public interface IVersionStore
{
    /// <summary>Puts the descriptions of the versions that there are beside the live file, before the worker opens it.</summary>
    /// <param name="ownership">The owner's right.</param>
    /// <param name="path">The live file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    Task PrepareAsync(Ownership ownership, string path, CancellationToken cancellationToken);

    /// <summary>Stores the files of a version that the worker has made, before the journal gets the timeline with it.</summary>
    /// <param name="ownership">The owner's right.</param>
    /// <param name="path">The live file.</param>
    /// <param name="index">The version's index.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleEpochException">Somebody took a later epoch: nothing is stored.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    Task StoreAsync(Ownership ownership, string path, int index, CancellationToken cancellationToken);

    /// <summary>Puts the stored versions of a timeline in their place, where they are not, once the journal has the timeline.</summary>
    /// <param name="ownership">The owner's right.</param>
    /// <param name="path">The live file.</param>
    /// <param name="newest">The changeset that the live file is at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="IOException">The catalogue's folder cannot be written, or is full.</exception>
    Task PlaceAsync(Ownership ownership, string path, ChangesetRef newest, CancellationToken cancellationToken);
}
