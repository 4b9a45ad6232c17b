using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Serve.Bench.Servers;

/// <summary>How a server is started.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Announcement">What it writes when it listens.</param>
/// <param name="Command">Its command, of the port and its folder.</param>
/// <param name="WhenReady">Waits until it has done what it does after its start.</param>
internal sealed record ServerKind(string Name, string Announcement, Func<int, ServerFolder, ProcessStartInfo> Command, Action<int> WhenReady)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>This repository's server.</summary>
    public static ServerKind Ours { get; } = new("ours", ApiProgram.Announcement, (port, folder) => ApiProgram.Command(port, folder), WaitForCatalogue);

    /// <summary>PostgreSQL, a silo and two Apis, of which the first is asked.</summary>
    public static ServerKind Cluster { get; } = new("cluster", "in a browser", ClusterCommand, WaitForCatalogue);

    /// <summary>The Node.js backend.</summary>
    public static ServerKind Peer { get; } = new("peer", PeerProgram.Announcement, (port, folder) => PeerProgram.Command(port, folder), _ => { });

    /// <summary>The Node.js backend with every iModel open under the key of a checkpoint: getConnectionProps knows no other.</summary>
    public static ServerKind PeerWithCheckpoints { get; } = Peer with { Command = (port, folder) => PeerProgram.Command(port, folder, "--preopen") };

    private static ProcessStartInfo ClusterCommand(int port, ServerFolder folder)
    {
        // PostgreSQL runs as another user, who passes through.
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(Path.GetDirectoryName(folder.Data)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        string script = Path.Combine(PeerFiles.Repository, "build", "cluster.sh");
        return new ProcessStartInfo(script, ["1", folder.Data, $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"]);
    }

    /// <summary>The catalogue reads every file after the start, which would take part of the processor from what is measured.</summary>
    private static void WaitForCatalogue(int port)
    {
        byte[] list = new RpcRequests(OpenIModel.None, Brotli: false).Plain("GET", "/api/imodels", null);
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            JsonElement answer = OpenIModel.Ask(port, list);
            if (answer.GetArrayLength() > 0 && answer.EnumerateArray().All(listing => listing.GetProperty("state").GetString() is not "unread"))
                return;
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"The catalogue was not read within {Patience}: {answer}");
            Thread.Sleep(50);
        }
    }
}
