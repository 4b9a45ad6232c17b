using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Tests.Peer;

/// <summary>The Node.js backend as a program of its own.</summary>
internal static class PeerProgram
{
    /// <summary>A part of the line by which it says that it serves.</summary>
    public const string Announcement = "peer backend listening";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Its command.</summary>
    /// <param name="port">The port of loopback.</param>
    /// <param name="folder">Its folder, where it keeps its caches, too.</param>
    /// <param name="arguments">Further arguments of <c>server.mjs</c>.</param>
    public static ProcessStartInfo Command(int port, ServerFolder folder, params IEnumerable<string> arguments) => new(
        "node",
        ["server.mjs", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder.Data, "--cache", folder.PathOf("cache"), .. arguments])
    {
        WorkingDirectory = PeerFiles.Folder,
    };

    /// <summary>Starts it over copies of the files.</summary>
    /// <param name="files">The iModels to copy and to serve by their names.</param>
    /// <param name="arguments">Further arguments of <c>server.mjs</c>.</param>
    public static Task<RunningServer> StartAsync(IEnumerable<string> files, params IEnumerable<string> arguments) =>
        RunningServer.StartAsync(new ServerFolder(files), (port, folder) => Command(port, folder, arguments), Announcement, Patience);
}
