namespace ITwinOrleans.Grains.Durability.Local;

/// <summary>The lock of the operating system beside an iModel (<c>.owner.lock</c>). The kernel frees it when its process ends, however it ends.</summary>
/// <remarks>The lock file is never removed: somebody who waits for a removed one would lock nothing.</remarks>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or answers null when another process (or owner in this one) has it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static OwnerLock? TryTake(string iModelPath)
    {
        var path = iModelPath + ".owner.lock";
        try
        {
            return new OwnerLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path} cannot be written: the iModel cannot be opened for writing.", exception);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    // .NET reports EWOULDBLOCK of flock as a sharing violation: its error number (11 on Linux, 35 on macOS) is the exception's HResult.
    private static bool IsLocked(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
