using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ITwinOrleans.Tests.Support;

/// <summary>A PostgreSQL server of a test: on 127.0.0.1, with a data folder of its own, as a user that is not root. It ends with the test process, however that ends.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // The shell ends the server when the test process is gone: then its input closes.
    private const string EndWithInput =
        "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; (read -r _ <&3; kill -INT $server) 2>/dev/null & wait $server; kill $! 2>/dev/null";

    private readonly string _folder;
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly string[] _settings;
    private Process? _server;
    private int _databases;

    private PostgreSqlServer(string folder, string[] settings) => (_folder, _settings) = (folder, settings);

    /// <summary>Its port, the same after <see cref="RestartAsync"/>.</summary>
    public int Port { get; private set; }

    private string DataFolder => Path.Join(_folder, "data");

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="settings">Settings of the server, for example <c>max_connections=20</c>.</param>
    public static async Task<PostgreSqlServer> StartAsync(params string[] settings)
    {
        var server = new PostgreSqlServer(Directory.CreateTempSubdirectory("itwin-postgres-").FullName, settings);
        try
        {
            await server.InitializeAsync();
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a client of a database connects (Npgsql's form).</summary>
    public string ConnectionString(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password={_password};Database={database}");

    /// <summary>Makes an empty database and answers how a client connects to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        var start = new ProcessStartInfo(PostgreSqlPrograms.PathOf("createdb"),
            ["--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={Port}"), "--username=postgres", name]);
        start.Environment["PGPASSWORD"] = _password;
        await PostgreSqlPrograms.RunAsync(start);
        return ConnectionString(name);
    }

    /// <summary>Ends the server as a crash does: connections break, nothing is written any more.</summary>
    public async Task StopAsync()
    {
        if (_server is null)
            return;
        await PostgreSqlPrograms.RunAsync(PostgreSqlPrograms.AsServerUser("pg_ctl", "stop", "-D", DataFolder, "-m", "immediate", "-w"));
        await _server.WaitForExitAsync().WaitAsync(Limit);
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts the server on its old port with its old data, and waits until it takes connections.</summary>
    public async Task RestartAsync()
    {
        if (Port == 0)
            Port = FreePort();
        ProcessStartInfo start = PostgreSqlPrograms.AsServerUser("postgres", ["-D", DataFolder, "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. _settings.SelectMany(s => new[] { "-c", s })]);

        var guarded = new ProcessStartInfo("/bin/sh", ["-c", EndWithInput, "sh", start.FileName, .. start.ArgumentList])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(guarded)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException("PostgreSQL did not start: " + string.Join('\n', output)));
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult();
            else if (output.Count < 100)
                output.Add(line.Data);
        };
        process.BeginErrorReadLine();
        _server = process;
        await ready.Task.WaitAsync(Limit);
    }

    /// <summary>Holds all of the server's processes, or lets them go on: connections stay, nobody answers.</summary>
    public async Task SetPausedAsync(bool paused)
    {
        var main = (await File.ReadAllLinesAsync(Path.Join(DataFolder, "postmaster.pid")))[0];
        var children = (await File.ReadAllTextAsync($"/proc/{main}/task/{main}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await PostgreSqlPrograms.RunAsync(new ProcessStartInfo("kill", [paused ? "-STOP" : "-CONT", main, .. children]));
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        var passwordFile = Path.Join(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        await PostgreSqlPrograms.GiveToServerUserAsync(_folder);
        await PostgreSqlPrograms.RunAsync(PostgreSqlPrograms.AsServerUser("initdb", "-D", DataFolder, "--username=postgres", "--auth=scram-sha-256",
            "--pwfile=" + passwordFile, "--encoding=UTF8", "--no-locale", "--no-sync"));
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
