using System.Diagnostics;

namespace ITwinOrleans.Tests.Peer;

/// <summary>
/// Where the Node.js peer and the sample iModels are. <c>ITWIN_PEER</c> names the folder of <c>server.mjs</c>; without it, the folder
/// <c>shared/peer</c> beside the repository (or beside one of its parents) is taken. The iModels are in the folder <c>data</c> beside it, or where <c>ITWIN_DATA</c> says.
/// </summary>
public static class PeerFiles
{
    private static readonly Lazy<string?> Found = new(FindSource);
    private static readonly Lazy<string> Ready = new(Install);

    /// <summary>Whether there is a peer to compare with.</summary>
    public static bool IsAvailable => Found.Value is not null;

    /// <summary>The folder of the peer with its packages installed.</summary>
    public static string Folder => Ready.Value;

    /// <summary>The folder of the sample iModels; copy a file before it is opened, native code writes beside it.</summary>
    public static string Data => Environment.GetEnvironmentVariable("ITWIN_DATA") ?? Path.Combine(Found.Value!, "..", "data");

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = Above(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "ITwinOrleans.sln")))
        ?? throw new InvalidOperationException("The tests do not run inside the repository.");

    private static string? FindSource()
    {
        string? named = Environment.GetEnvironmentVariable("ITWIN_PEER");
        if (!string.IsNullOrEmpty(named))
            return File.Exists(Path.Combine(named, "server.mjs")) ? named : throw new DirectoryNotFoundException($"ITWIN_PEER has no server.mjs: {named}");
        string? parent = Above(Repository, folder => File.Exists(Path.Combine(folder, "shared", "peer", "server.mjs")));
        return parent is null ? null : Path.Combine(parent, "shared", "peer");
    }

    /// <summary>The peer's folder may be read-only and without packages: they are installed into the build's own folder, once.</summary>
    private static string Install()
    {
        string source = Found.Value ?? throw new InvalidOperationException("There is no peer: set ITWIN_PEER.");
        if (Directory.Exists(Path.Combine(source, "node_modules")))
            return source;
        string target = Path.Combine(Repository, "artifacts", "peer");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        if (!Directory.Exists(Path.Combine(target, "node_modules", "@itwin", "core-backend")))
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", "install --legacy-peer-deps --ignore-scripts --no-audit --no-fund") { WorkingDirectory = target })!;
            if (!npm.WaitForExit(TimeSpan.FromMinutes(10)) || npm.ExitCode != 0)
                throw new InvalidOperationException("npm install of the peer failed.");
        }

        LinkNativeLibrary(target);
        return target;
    }

    /// <summary>The package's install script fetches the native library from the net; the one that the build has is the same.</summary>
    private static void LinkNativeLibrary(string target)
    {
        string link = Path.Combine(target, "node_modules", "@bentley", "imodeljs-native", "imodeljs-linux-x64");
        string library = Path.Combine(Repository, "src", "Native", "npm", "node_modules", "@bentley", "imodeljs-linux-x64");
        if (!Path.Exists(link) && Directory.Exists(library))
            Directory.CreateSymbolicLink(link, library);
    }

    private static string? Above(string folder, Func<string, bool> isIt)
    {
        for (string? current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (isIt(current))
                return current;
        }

        return null;
    }
}
