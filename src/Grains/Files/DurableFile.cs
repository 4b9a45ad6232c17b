using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Grains.Files;

/// <summary>Replaces files so that after a power failure there is the old or the new one, whole.</summary>
internal static class DurableFile
{
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }

        Publish(temporary, path);
    }

    /// <summary>Copies a file over another.</summary>
    public static void Copy(string source, string path)
    {
        // Hidden, for a folder that others look through.
        var temporary = Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.new");
        File.Copy(source, temporary, overwrite: true);
        using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        Publish(temporary, path);
    }

    private static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        FolderFlush.Run(Path.GetDirectoryName(path)!);
    }
}
