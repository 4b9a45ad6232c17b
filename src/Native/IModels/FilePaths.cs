using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Native.IModels;

/// <summary>What a file's path must be to reach native code.</summary>
internal static class FilePaths
{
    /// <summary>Refuses a path that native code would cut short or read as something else than a path.</summary>
    public static void Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
            throw new NativeUsageException("A file's path is empty");
        if (path.Contains('\0'))
            throw new NativeUsageException("A file's path contains a zero character");
        // SQLite reads what follows a question mark as parameters of a URI.
        if (path.Contains('?'))
            throw new NativeUsageException("A file's path contains a question mark");
    }
}
