using System.IO.Enumeration;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Walks the data folder. Symbolic links are never followed, whether they lead outside or make an alias inside; hidden names are skipped.</summary>
internal sealed class CatalogScanner(string root)
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        MaxRecursionDepth = 32,
    };

    /// <summary>The data folder's full path, without a slash at its end.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>All files with a valid key, at most <paramref name="maxFiles"/>.</summary>
    public IReadOnlyDictionary<string, FileIdentity> Scan(int maxFiles, out bool truncated)
    {
        var found = new Dictionary<string, FileIdentity>(StringComparer.Ordinal);
        truncated = false;
        var paths = new FileSystemEnumerable<string>(Root, (ref FileSystemEntry entry) => entry.ToFullPath(), Options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(IModelKey.Extension, StringComparison.Ordinal),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.FileName.StartsWith('.') && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        foreach (var path in paths)
        {
            if (!IModelKey.IsValid(KeyOf(path)) || FileStatus.TryRead(path) is not { } identity)
                continue;
            if (found.Count >= maxFiles)
            {
                truncated = true;
                break;
            }

            found.Add(KeyOf(path)!, identity);
        }

        return found;
    }

    /// <summary>The file of a key as it is now, or null when there is none, the key is not valid, or a link is on its way.</summary>
    public FileIdentity? Find(string key)
    {
        if (!IModelKey.IsValid(key))
            return null;
        return HasLinkedFolder(key) ? null : FileStatus.TryRead(PathOf(key));
    }

    /// <summary>Says whether a folder on a key's way is a symbolic link (or a file).</summary>
    public bool HasLinkedFolder(string key)
    {
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            var folder = new FileInfo(PathOf(key[..slash]));
            if (folder.LinkTarget is not null || folder.Exists)
                return true;
        }

        return false;
    }

    /// <summary>The full path of a valid key.</summary>
    public string PathOf(string key) => Path.Join(Root, key);

    /// <summary>The key of a path below the data folder, valid or not; null for a path elsewhere.</summary>
    public string? KeyOf(string path) =>
        path.Length > Root.Length + 1 && path.StartsWith(Root, StringComparison.Ordinal) && path[Root.Length] == '/' ? path[(Root.Length + 1)..] : null;
}
