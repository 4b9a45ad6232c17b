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

        File.Move(temporary, path, overwrite: true);
        FolderFlush.Run(Path.GetDirectoryName(path)!);
    }
}
