using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ITwinOrleans.Serve.Bench.Load;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Serve.Bench.Servers;

/// <summary>How a server is started.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Announcement">What it writes when it listens.</param>
/// <param name="Command">Its command, of the port, the folder of iModels and a folder for its caches.</param>
/// <param name="WhenReady">Waits until it has done what it does after its start.</param>
internal sealed record ServerKind(string Name, string Announcement, Func<int, string, string, ProcessStartInfo> Command, Action<int> WhenReady)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>This repository's server.</summary>
    public static ServerKind Ours { get; } = new("ours", "Application started", StartOurs, WaitForCatalogue);

    /// <summary>The Node.js backend.</summary>
    public static ServerKind Peer { get; } = new("peer", "peer backend listening", (port, data, folder) => StartPeer(port, data, folder), _ => { });

    /// <summary>The Node.js backend with every iModel open under the key of a checkpoint: getConnectionProps knows no other.</summary>
    public static ServerKind PeerWithCheckpoints { get; } = Peer with { Command = (port, data, folder) => StartPeer(port, data, folder, "--preopen") };

    private static ProcessStartInfo StartOurs(int port, string data, string folder)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(PeerFiles.Repository, "src", "Api", "bin", configuration, "net10.0", "ITwinOrleans.Api");
        var start = new ProcessStartInfo(program);
        foreach (string argument in (string[])["--data", data, "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--Tiles:Folder", Path.Combine(folder, "tiles")])
            start.ArgumentList.Add(argument);
        return start;
    }

    private static ProcessStartInfo StartPeer(int port, string data, string folder, params string[] further)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = PeerFiles.Folder };
        foreach (string argument in (string[])["server.mjs", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, "--cache", Path.Combine(folder, "cache"), .. further])
            start.ArgumentList.Add(argument);
        return start;
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
