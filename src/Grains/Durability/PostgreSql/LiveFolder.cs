using System.Globalization;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The silo's own folder for live files: for each iModel and epoch another one, so that a worker of an earlier epoch that still lives writes to a file
/// that nobody looks at.</summary>
internal sealed class LiveFolder : IDisposable
{
    private readonly string _root;
    private readonly FileStream _lock;

    /// <summary>Takes the folder over and empties it: whatever is in it can be made anew.</summary>
    /// <exception cref="IOException">It cannot be written, or another process has it.</exception>
    public LiveFolder(string root)
    {
        _root = Directory.CreateDirectory(root).FullName;
        _lock = new FileStream(Path.Join(_root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (var folder in Directory.EnumerateDirectories(_root))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Where the file of this epoch is to be. What was there, and the files of earlier epochs, are removed.</summary>
    public string Prepare(Ownership ownership)
    {
        var folder = Path.Join(_root, StoredName.FolderOf(ownership.Key));
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        folder = Path.Join(folder, ownership.Epoch.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        return Path.Join(folder, Path.GetFileName(ownership.Key));
    }

    /// <summary>Where a file may be made ahead of the epoch that it is for: another place each time.</summary>
    public string PrepareAhead() => Path.Join(Directory.CreateDirectory(Path.Join(_root, $"ahead-{Guid.NewGuid():N}")).FullName, "file");

    /// <summary>Removes the file that <see cref="Prepare"/> or <see cref="PrepareAhead"/> named, and what is beside it.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the way of nobody, and the next opening or start tries again.
        }
    }

    public void Dispose() => _lock.Dispose();
}
