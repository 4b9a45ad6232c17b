using System.Diagnostics;

namespace ITwinOrleans.Backend.Tests.Live;

/// <summary>A file system of a few megabytes of its own, to be filled or made read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible { get; } = TryMount(0) is { } disk && disk.DisposeNow();

    public static SmallDisk Mount(int megabytes) => TryMount(megabytes) ?? throw new InvalidOperationException("The disk cannot be mounted");

    public void Remount(string option) => Assert.True(Run("mount", "-o", $"remount,{option}", Folder));

    /// <summary>Fills it to the last byte.</summary>
    public string Fill()
    {
        string path = Path.Combine(Folder, "filler");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            return path;
        }
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static SmallDisk? TryMount(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("itwin-disk-").FullName);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Math.Max(megabytes, 1)}m", "tmpfs", disk.Folder))
            return disk;
        Directory.Delete(disk.Folder);
        return null;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private bool DisposeNow()
    {
        Dispose();
        return true;
    }
}
