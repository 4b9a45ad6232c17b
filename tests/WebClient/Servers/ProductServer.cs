using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>
/// The product, started as people start it (<c>run.sh --data FOLDER --urls URL</c>) over copies of iModels. <c>ITWIN_BACKEND</c> names a
/// server that already runs and is tested instead.
/// </summary>
public sealed class ProductServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly Process? _process;
    private readonly string? _folder;
    private readonly StringBuilder _output = new();

    private ProductServer(Uri address, Process? process = null, string? folder = null) => (Address, _process, _folder) = (address, process, folder);

    /// <summary>Where REST, RPC and the page are.</summary>
    public Uri Address { get; }

    /// <summary>Whether it was started here, so that its processes can be found.</summary>
    public bool IsOwn => _process is not null;

    /// <summary>Ends the server's workers, as a crash of native code would.</summary>
    /// <returns>How many there were.</returns>
    public int KillWorkers() => ChildProcesses.Kill(_process?.Id ?? throw new InvalidOperationException("The server was not started here."), "ITwinOrleans.Worker");

    /// <summary>Starts it over copies of the files and waits until it is ready.</summary>
    public static async Task<ProductServer> StartAsync(params string[] files)
    {
        if (Environment.GetEnvironmentVariable("ITWIN_BACKEND") is { Length: > 0 } running)
            return new ProductServer(new Uri(running));

        string folder = Directory.CreateTempSubdirectory("itwin-pages-").FullName;
        foreach (string file in files)
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string command = Path.Combine(PeerFiles.Repository, "run.sh");
        var start = new ProcessStartInfo(command) { WorkingDirectory = PeerFiles.Repository, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--data", folder, "--urls", address.GetLeftPart(UriPartial.Authority)])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        var server = new ProductServer(address, process, folder);
        await server.WaitUntilReadyAsync(process);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Readiness has no event across processes: it is asked for, with a limit.</summary>
    private async Task WaitUntilReadyAsync(Process process)
    {
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = new CancellationTokenSource(StartPatience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited || limit.IsCancellationRequested)
                throw new InvalidOperationException($"The server did not become ready within {StartPatience.TotalMinutes} min:\n{_output}");
            await retry.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
