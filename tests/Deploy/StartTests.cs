using System.Diagnostics;
using System.Globalization;
using System.Net;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Deploy.Tests;

/// <summary>The real programs start under what their containers set, and answer their probes.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ServerFolder _folder = new([Path.Combine(PeerFiles.Data, "test.bim")]);
    private PostgreSqlServer _database = null!;

    public async Task InitializeAsync() => _database = await PostgreSqlServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("compose/silo-1", "compose/api")]
    [InlineData("kubernetes/silo", "kubernetes/api")]
    public async Task Silo_and_Api_start_and_are_ready(string siloName, string apiName)
    {
        Container silo = SettingsTests.Find(siloName), api = SettingsTests.Find(apiName);
        await using RunningProgram owner = await StartAsync("Silo", silo, ("Cluster__SiloPort", "0"), ("Cluster__GatewayPort", "0"), ("Cluster__ListenAddress", "127.0.0.1"));
        string alive = Local(silo.Environment["Cluster__AliveFile"]);
        for (long started = Stopwatch.GetTimestamp(); !File.Exists(alive) && Stopwatch.GetElapsedTime(started) < Patience;)
            await Task.Delay(50);
        Assert.True(File.Exists(alive), "The silo showed no sign of life: " + owner.Said);
        string port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        await using RunningProgram edge = await StartAsync("Api", api, ("ASPNETCORE_HTTP_PORTS", ""), ("ASPNETCORE_URLS", "http://127.0.0.1:" + port));
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:" + port) };
        string[] probes = [.. api.Probes.Select(probe => probe.Text("httpGet", "path")!).DefaultIfEmpty("/health/ready")];
        foreach (string path in probes)
            Assert.Equal(HttpStatusCode.OK, await WhenReadyAsync(http, path));
        Assert.All(silo.Probes, probe => Assert.Equal(["/app/silo.sh", "alive"], probe.Items("exec", "command")));
    }

    [Fact]
    public async Task Silo_that_starts_is_not_alive_by_what_a_killed_one_left()
    {
        Container silo = SettingsTests.Find("kubernetes/silo");
        string alive = Local(silo.Environment["Cluster__AliveFile"]);
        Directory.CreateDirectory(Local("/local"));
        await File.WriteAllTextAsync(alive, "");
        await _database.StopAsync();
        await using RunningProgram owner = await StartAsync(
            "Silo", silo, "Waiting for the cluster's database", ("Cluster__SiloPort", "0"), ("Cluster__GatewayPort", "0"), ("Cluster__ListenAddress", "127.0.0.1"));
        Assert.False(File.Exists(alive), "A silo that waits for its database shows a sign of life.");
    }

    // Every folder of the container is below the test's.
    private string Local(string path) => path.StartsWith("/data", StringComparison.Ordinal) ? _folder.Data + path[5..] : _folder.PathOf(path.TrimStart('/'));

    private Task<RunningProgram> StartAsync(string project, Container container, params (string Name, string Value)[] here) =>
        StartAsync(project, container, ApiProgram.Announcement, here);

    private Task<RunningProgram> StartAsync(string project, Container container, string announcement, params (string Name, string Value)[] here)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(Path.Combine(PeerFiles.Repository, "src", project, "bin", configuration, "net10.0", "ITwinOrleans." + project));
        foreach ((string name, string value) in container.Environment)
            start.Environment[name] = value.StartsWith('/') ? Local(value) : value;
        start.Environment["Cluster__ConnectionString"] = _database.ConnectionString();
        start.Environment["Cluster__Address"] = "127.0.0.1";
        foreach ((string name, string value) in here)
            start.Environment[name] = value;
        Directory.CreateDirectory(Local("/local"));
        return RunningProgram.StartAsync(start, announcement, Patience);
    }

    private static async Task<HttpStatusCode> WhenReadyAsync(HttpClient http, string path)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            HttpStatusCode status = (await http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode;
            if (status != HttpStatusCode.ServiceUnavailable || Stopwatch.GetElapsedTime(started) > Patience)
                return status;
            await Task.Delay(100);
        }
    }
}
