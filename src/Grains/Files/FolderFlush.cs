using System.Runtime.InteropServices;
using System.Text;

namespace ITwinOrleans.Grains.Files;

/// <summary>Makes new names in a folder durable. .NET opens no folders, so this asks Linux.</summary>
internal static class FolderFlush
{
    // O_RDONLY, O_CLOEXEC.
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">The system refused.</exception>
    public static void Run(string folder)
    {
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnlyCloseOnExec);
        if (handle < 0)
            throw Error(folder);
        var result = Fsync(handle);
        IOException? error = result == 0 ? null : Error(folder);
        _ = Close(handle);
        if (error is not null)
            throw error;
    }

    private static IOException Error(string folder) =>
        new($"{folder} could not be flushed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
