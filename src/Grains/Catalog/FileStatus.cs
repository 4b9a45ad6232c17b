using System.Runtime.InteropServices;
using System.Text;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Reads a file's identity. .NET shows no inodes, so this asks Linux (<c>statx</c>, whose layout is the same on every architecture).</summary>
internal static class FileStatus
{
    private const int CurrentDirectory = -100, NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int FormatMask = 0xf000, RegularFile = 0x8000;

    /// <summary>The identity of a regular file that is not a symbolic link, or null when there is none at the path.</summary>
    public static FileIdentity? TryRead(string path)
    {
        var buffer = new byte[256];
        if (Statx(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), NoFollow, BasicStats, buffer) != 0)
            return null;

        // struct statx: mode @28, ino @32, size @40, mtime @112 (seconds, nanoseconds), dev major @136, dev minor @140.
        if ((BitConverter.ToUInt16(buffer, 28) & FormatMask) != RegularFile)
            return null;
        var modified = checked((BitConverter.ToInt64(buffer, 112) * 1_000_000_000) + BitConverter.ToUInt32(buffer, 120));
        var device = ((ulong)BitConverter.ToUInt32(buffer, 136) << 32) | BitConverter.ToUInt32(buffer, 140);
        return new FileIdentity(path, BitConverter.ToInt64(buffer, 40), modified, BitConverter.ToUInt64(buffer, 32), device);
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, [Out] byte[] buffer);
}
