using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ITwinOrleans.Tests.Peer;

/// <summary>A Node.js backend of its own, over copies of iModels; ends with the tests.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly string _folder;

    private PeerProcess(Process process, int port, string folder) => (_process, Port, _folder) = (process, port, folder);

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>Starts it over copies of the files.</summary>
    /// <param name="files">The iModels to copy and to serve by their names.</param>
    /// <param name="arguments">Further arguments of <c>server.mjs</c>.</param>
    public static async Task<PeerProcess> StartAsync(IEnumerable<string> files, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("itwin-peer-").FullName;
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach (string file in files)
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));

        int port = FreePort();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = PeerFiles.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["server.mjs", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, "--cache", Path.Combine(folder, "cache"), .. arguments])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var peer = new PeerProcess(process, port, folder);
        await peer.WaitUntilListeningAsync();
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilListeningAsync()
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
            if (line.Data?.StartsWith("peer backend listening", StringComparison.Ordinal) == true)
                listening.TrySetResult();
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The peer ended: " + output));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await listening.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The peer did not say that it listens within {Patience.TotalSeconds} s: {output}");
        }
    }
}
