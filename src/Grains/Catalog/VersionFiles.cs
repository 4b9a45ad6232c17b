namespace ITwinOrleans.Grains.Catalog;

/// <summary>The files of the named versions of live iModels (see <see cref="VersionKey"/>).</summary>
public sealed class VersionFiles(IModelCatalog catalog)
{
    private const string ChangesetExtension = ".changeset";

    /// <summary>Opens a version's file, a snapshot; null when there is none.</summary>
    /// <param name="key">The live iModel's key.</param>
    /// <param name="index">The version's index, from 1.</param>
    public FileStream? OpenCheckpoint(string key, int index) => Open(key, index, IModelKey.Extension);

    /// <summary>Opens the changeset that leads to a version from the one before, as iTwin.js's <c>applyChangeset</c> takes it; null when there is none.</summary>
    /// <inheritdoc cref="OpenCheckpoint" path="/param"/>
    public FileStream? OpenChangeset(string key, int index) => Open(key, index, ChangesetExtension);

    private FileStream? Open(string key, int index, string extension)
    {
        var version = VersionKey.Of(key, index);
        if (!IModelKey.IsValid(version) || catalog.Scanner.HasLinkedFolder(version))
            return null;
        try
        {
            return new FileStream(
                Path.ChangeExtension(catalog.Scanner.PathOf(version), extension), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
