using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>The server as it is in production: its own process with its workers, over copies of the files.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly string _folder;

    private OurServer(Process process, int port, string folder) => (_process, Port, _folder) = (process, port, folder);

    public int Port { get; }

    public static async Task<OurServer> StartAsync(IEnumerable<string> files)
    {
        string folder = Directory.CreateTempSubdirectory("itwin-conformance-").FullName;
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach (string file in files)
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        int port = FreePort();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(PeerFiles.Repository, "src", "Api", "bin", configuration, "net10.0", "ITwinOrleans.Api.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[program, "--data", data, "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--Rpc:ErrorStatusCodes", "ByCategory", "--Tiles:Folder", Path.Combine(folder, "tiles"), "--Tiles:Enabled", "false"])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var server = new OurServer(process, port, folder);
        await server.WaitUntilStartedAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
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

    private async Task WaitUntilStartedAsync()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true)
                started.TrySetResult();
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("The server ended: " + output));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await started.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not say that it started within {Patience.TotalSeconds} s: {output}");
        }
    }
}
