using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Tests.Support;

/// <summary>A cluster of real processes on loopback, as an operator starts it: PostgreSQL, silos and Apis over one folder of iModels. All of it is gone when disposed.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private const string Announcement = "Application started";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ServerFolder _folder;
    private readonly string[] _settings;
    private readonly ConcurrentDictionary<string, RunningProgram> _silos = new();
    private readonly List<(RunningProgram Program, Uri Url)> _apis = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private ClusterProcesses(ServerFolder folder, PostgreSqlServer database, string[] settings) => (_folder, Database, _settings) = (folder, database, settings);

    public PostgreSqlServer Database { get; }

    /// <summary>Where the Apis are.</summary>
    public IReadOnlyList<Uri> Apis => [.. _apis.Select(api => api.Url)];

    /// <summary>The folder of the iModels.</summary>
    public string Data => _folder.Data;

    /// <summary>The silos that run, by name.</summary>
    public IReadOnlyCollection<string> Silos => [.. _silos.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Starts a cluster over copies of one iModel.</summary>
    /// <param name="source">The iModel.</param>
    /// <param name="copies">The keys of its copies.</param>
    /// <param name="silos">How many silos, which are named a, b, ...</param>
    /// <param name="apis">How many Apis.</param>
    /// <param name="settings">Settings of all silos and Apis, as arguments.</param>
    public static async Task<ClusterProcesses> StartAsync(string source, IEnumerable<string> copies, int silos = 3, int apis = 2, params string[] settings)
    {
        var cluster = new ClusterProcesses(new ServerFolder(copies.ToDictionary(key => key, _ => source)), await PostgreSqlServer.StartAsync(), settings);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, silos).Select(i => cluster.StartSiloAsync(((char)('a' + i)).ToString())));
            for (int i = 0; i < apis; i++)
                await cluster.StartApiAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a silo, again or for the first time; completes when it serves.</summary>
    public async Task StartSiloAsync(string name)
    {
        ProcessStartInfo start = Command("Silo", [
            "--Cluster:SiloName", name, "--Cluster:SiloPort", "0", "--Cluster:GatewayPort", "0",
            "--Cluster:AliveFile", AliveFile(name), "--Durability:LiveFolder", _folder.PathOf($"{name}/live"), "--Files:CacheFolder", _folder.PathOf($"{name}/cache")]);
        _silos[name] = await RunningProgram.StartAsync(start, Announcement, Patience);
    }

    /// <summary>The file that a silo touches while it can own iModels.</summary>
    public string AliveFile(string silo) => _folder.PathOf(silo + ".alive");

    /// <summary>A silo's process.</summary>
    public RunningProgram Silo(string name) => _silos[name];

    /// <summary>Ends a silo at once, with its workers, as a machine that fails does.</summary>
    public async Task KillSiloAsync(string name)
    {
        if (_silos.TryRemove(name, out RunningProgram? silo))
            await silo.DisposeAsync();
    }

    /// <summary>Tells a silo to end (SIGTERM) and waits until it has.</summary>
    /// <returns>Its exit code, and how long it took.</returns>
    public async Task<(int Code, TimeSpan Taken)> StopSiloAsync(string name)
    {
        RunningProgram silo = _silos[name];
        long started = Stopwatch.GetTimestamp();
        silo.Signal("TERM");
        int code = await silo.WhenEndedAsync(Patience);
        TimeSpan taken = Stopwatch.GetElapsedTime(started);
        await KillSiloAsync(name);
        return (code, taken);
    }

    /// <summary>Ends an Api at once; its address stays in <see cref="Apis"/>.</summary>
    public ValueTask KillApiAsync(int index) => _apis[index].Program.DisposeAsync();

    /// <summary>Tells an Api to end (SIGTERM) and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It did not within the patience.</exception>
    public Task<int> StopApiAsync(int index, TimeSpan patience)
    {
        _apis[index].Program.Signal("TERM");
        return _apis[index].Program.WhenEndedAsync(patience);
    }

    /// <summary>What an Api says of the cluster (<c>GET /api/cluster</c>).</summary>
    public async Task<JsonNode> ViewAsync(int api = 0) => JsonNode.Parse(await _http.GetStringAsync(new Uri(Apis[api], "/api/cluster")))!;

    /// <summary>The silo that has an iModel, or null.</summary>
    public async Task<string?> OwnerOfAsync(string key, int api = 0) => (await ViewAsync(api))["iModels"]!.AsArray()
        .FirstOrDefault(iModel => iModel!["key"]!.GetValue<string>() == key)?["silo"]?.GetValue<string>();

    /// <summary>How many iModels each silo has open.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SpreadAsync(int api = 0) => (await ViewAsync(api))["silos"]!.AsArray()
        .Where(silo => silo!["status"]!.GetValue<string>() == "active")
        .ToDictionary(silo => silo!["name"]!.GetValue<string>(), silo => silo!["openIModels"]?.GetValue<int>() ?? 0);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Task.WhenAll(_silos.Values.Concat(_apis.Select(api => api.Program)).Select(program => program.DisposeAsync().AsTask()));
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartApiAsync()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Find().ToString(CultureInfo.InvariantCulture)}");
        ProcessStartInfo start = Command("Api", [
            "--urls", url.ToString(), "--Tiles:Folder", _folder.PathOf($"tiles-{_apis.Count}"), "--Tiles:SigningKeyFile", _folder.PathOf("tiles.key")]);
        _apis.Add((await RunningProgram.StartAsync(start, Announcement, Patience), url));
    }

    private ProcessStartInfo Command(string project, IEnumerable<string> arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(PeerFiles.Repository, "src", project, "bin", configuration, "net10.0", "ITwinOrleans." + project);
        return new ProcessStartInfo(program, ["--data", _folder.Data, .. arguments, .. _settings])
        {
            Environment = { ["Cluster__Mode"] = "PostgreSql", ["Cluster__ConnectionString"] = Database.ConnectionString() },
        };
    }
}
