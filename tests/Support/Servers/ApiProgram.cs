using System.Diagnostics;
using System.Globalization;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Tests.Support;

/// <summary>This repository's server as a program of its own, of the same build as the tests.</summary>
internal static class ApiProgram
{
    /// <summary>A part of the line by which it says that it serves.</summary>
    public const string Announcement = "Application started";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Starts it over copies of iModels.</summary>
    /// <param name="files">The iModels to copy and to serve by their names.</param>
    /// <param name="settings">Settings as arguments.</param>
    public static Task<RunningServer> StartAsync(IEnumerable<string> files, params IEnumerable<string> settings) =>
        RunningServer.StartAsync(new ServerFolder(files), (port, folder) => Command(port, folder, settings), Announcement, Patience);

    /// <summary>Its command.</summary>
    /// <param name="port">The port of loopback.</param>
    /// <param name="folder">Its folder, where it keeps its tiles, too.</param>
    /// <param name="settings">Further arguments.</param>
    public static ProcessStartInfo Command(int port, ServerFolder folder, params IEnumerable<string> settings)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(PeerFiles.Repository, "src", "Api", "bin", configuration, "net10.0", "ITwinOrleans.Api");
        string url = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        return new ProcessStartInfo(program, ["--data", folder.Data, "--urls", url, "--Tiles:Folder", folder.PathOf("tiles"), .. settings]);
    }
}
