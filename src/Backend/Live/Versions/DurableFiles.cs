using System.Runtime.InteropServices;

namespace ITwinOrleans.Backend.Live.Versions;

/// <summary>Files that are whole or not there, whatever ends the machine in between: written beside their place, synced, renamed, and the folder synced.</summary>
internal static class DurableFiles
{
    private const string Unfinished = ".tmp";
    private const int ReadOnlyFlag = 0;

    /// <summary>What a file is called while it is written.</summary>
    public static string Temporary(string path) => path + Unfinished;

    /// <summary>Writes a file under its temporary name.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Temporary(path), FileMode.Create, FileAccess.Write, FileShare.None);
        await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Copies a file to the temporary name of another.</summary>
    public static void Copy(string source, string path)
    {
        File.Copy(source, Temporary(path), overwrite: true);
        Sync(Temporary(path));
    }

    /// <summary>Syncs a file.</summary>
    public static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gives files their names, in order, and syncs their folder.</summary>
    /// <exception cref="IOException">The folder cannot be synced.</exception>
    public static void Publish(string folder, params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
            File.Move(Temporary(path), path, overwrite: true);
        SyncFolder(folder);
    }

    /// <summary>Syncs a folder, so that names in it are durable.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, ReadOnlyFlag);
        if (descriptor < 0)
            throw new IOException($"The folder cannot be opened: error {Marshal.GetLastPInvokeError()}");
        int status = FSync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (status != 0)
            throw new IOException($"The folder cannot be synced: error {error}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
