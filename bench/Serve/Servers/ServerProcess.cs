using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ITwinOrleans.Serve.Bench.Servers;

/// <summary>A server that is measured, in processes of its own, over copies of iModels in a folder of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private const int KeptLines = 40;
    private readonly Queue<string> _output = [];
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, int port, string folder) => (_process, Port, _folder) = (process, port, folder);

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>Of the server; its workers are its children.</summary>
    public int Id => _process.Id;

    /// <summary>Copies the files, starts the server and waits until it listens.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="files">The names in the server's folder, and what is copied there.</param>
    public static ServerProcess Start(ServerKind kind, IReadOnlyDictionary<string, string> files)
    {
        string folder = Directory.CreateTempSubdirectory("itwin-serve-bench-").FullName;
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach ((string name, string source) in files)
        {
            // Not File.Copy, which copies that a file is read-only, too.
            using FileStream from = File.OpenRead(source), to = File.Create(Path.Combine(data, name));
            from.CopyTo(to, 1 << 20);
        }

        int port = FreePort();
        ProcessStartInfo start = kind.Command(port, data, folder);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var server = new ServerProcess(process, port, folder);
        try
        {
            server.WaitUntil(kind.Announcement);
            kind.WhenReady(port);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_process.HasExited)
            Console.Error.WriteLine($"The server on port {Port} ended by itself with {_process.ExitCode}: {Tail()}");
        else
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntil(string announcement)
    {
        using var announced = new ManualResetEventSlim();
        bool wasAnnounced = false;
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (_output)
            {
                _output.Enqueue(line.Data ?? "");
                if (_output.Count > KeptLines)
                    _output.Dequeue();
            }

            if (line.Data?.Contains(announcement, StringComparison.Ordinal) == true)
                wasAnnounced = true;
            if (line.Data is null || line.Data.Contains(announcement, StringComparison.Ordinal))
                TrySet(announced);
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += (sender, line) =>
        {
            if (line.Data is not null)
                read(sender, line);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        bool inTime = announced.Wait(Patience);
        if (!inTime || !Volatile.Read(ref wasAnnounced))
            throw new InvalidOperationException($"The server did not say \"{announcement}\" within {Patience.TotalSeconds} s: {Tail()}");
    }

    private string Tail()
    {
        lock (_output)
            return string.Join('\n', _output);
    }

    private static void TrySet(ManualResetEventSlim announced)
    {
        try
        {
            announced.Set();
        }
        catch (ObjectDisposedException)
        {
            // The line after the one that was waited for.
        }
    }
}
