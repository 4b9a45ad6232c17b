using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Versions;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Versions in the shared store, under their owner's epoch, and from there beside the catalogue's file.</summary>
internal sealed class PostgreSqlVersionStore(IPublishedFiles published, FileCache cache) : IVersionStore
{
    private const string Folder = "versions/", Description = ".json";

    /// <inheritdoc/>
    public async Task PrepareAsync(Ownership ownership, string path, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(new VersionFolder(path).Path).FullName;
        var placed = new DirectoryInfo(new VersionFolder(ownership.Path).Path);
        if (placed.Exists)
        {
            foreach (FileInfo description in placed.EnumerateFiles("*" + Description))
                description.CopyTo(Path.Join(folder, description.Name), overwrite: true);
        }

        // Those of the journal's own timeline are the right ones, whatever else lies there.
        foreach (var (name, file) in await published.ListAsync(ownership.Key, cancellationToken).ConfigureAwait(false))
        {
            if (name.EndsWith(Description, StringComparison.Ordinal))
                await FetchAsync(file, Path.Join(folder, name[Folder.Length..]), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task StoreAsync(Ownership ownership, string path, int index, CancellationToken cancellationToken)
    {
        foreach (var file in FilesOf(new VersionFolder(path), index))
            await published.PublishAsync(ownership, NameOf(file), file, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task PlaceAsync(Ownership ownership, string path, ChangesetRef newest, CancellationToken cancellationToken)
    {
        var (made, placed) = (new VersionFolder(path), new VersionFolder(ownership.Path));
        LiveVersion[] missing = [.. made.Read(newest.Id, newest.Index).Where(version => !placed.Has(version))];
        if (missing.Length == 0)
            return;
        IReadOnlyDictionary<string, StoredFile> stored = await published.ListAsync(ownership.Key, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(placed.Path);
        foreach (var file in missing.SelectMany(version => FilesOf(made, version.Index)))
            await FetchAsync(stored[NameOf(file)], Path.Join(placed.Path, Path.GetFileName(file)), cancellationToken).ConfigureAwait(false);

        // The worker needs the descriptions only.
        foreach (LiveVersion version in missing)
        {
            File.Delete(made.CheckpointOf(version.Index));
            File.Delete(made.ChangesetOf(version.Index));
        }
    }

    // The description comes last: with it the version is there.
    private static string[] FilesOf(VersionFolder folder, int index) => [folder.CheckpointOf(index), folder.ChangesetOf(index), folder.DescriptionOf(index)];

    private static string NameOf(string file) => Folder + Path.GetFileName(file);

    private async Task FetchAsync(StoredFile file, string target, CancellationToken cancellationToken)
    {
        try
        {
            using CachedFile copy = await cache.GetAsync(file, cancellationToken).ConfigureAwait(false);
            DurableFile.Copy(copy.Path, target);
        }
        catch (FileStoreException exception)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }
    }
}
