using System.Diagnostics;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.WebClient.Tests.Servers;

/// <summary>
/// The product, started as people start it (<c>run.sh --data FOLDER --urls URL</c>) over copies of iModels. <c>ITWIN_BACKEND</c> names a
/// server that already runs and is tested instead.
/// </summary>
public sealed class ProductServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly RunningServer? _server;

    private ProductServer(Uri address) => Address = address;

    private ProductServer(RunningServer server)
        : this(new Uri($"http://127.0.0.1:{server.Port}")) => _server = server;

    /// <summary>Where REST, RPC and the page are.</summary>
    public Uri Address { get; }

    /// <summary>Whether it was started here, so that its processes can be found.</summary>
    public bool IsOwn => _server is not null;

    /// <summary>Ends it at once, as a crash does.</summary>
    public ValueTask KillAsync() => _server?.KillAsync() ?? throw new InvalidOperationException("The server was not started here.");

    /// <summary>Starts it again where it was, over the same files.</summary>
    public Task StartAgainAsync() => _server?.StartAgainAsync() ?? throw new InvalidOperationException("The server was not started here.");

    /// <summary>Ends the server's workers, as a crash of native code would.</summary>
    /// <returns>How many there were.</returns>
    public int KillWorkers() => ChildProcesses.Kill(_server?.Id ?? throw new InvalidOperationException("The server was not started here."), "ITwinOrleans.Worker");

    /// <summary>Starts it over copies of the files and waits until it serves.</summary>
    public static Task<ProductServer> StartAsync(params string[] files) =>
        Environment.GetEnvironmentVariable("ITWIN_BACKEND") is { Length: > 0 } running ? Task.FromResult(new ProductServer(new Uri(running))) : StartOwnAsync(files);

    /// <summary>Starts it with settings of a test's own.</summary>
    /// <param name="files">The iModels that it is to have.</param>
    /// <param name="settings">Settings as arguments.</param>
    public static async Task<ProductServer> StartOwnAsync(IEnumerable<string> files, params IEnumerable<string> settings) => new(
        await RunningServer.StartAsync(new ServerFolder(files), (port, folder) => Command(port, folder, settings), ApiProgram.Announcement, StartPatience));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static ProcessStartInfo Command(int port, ServerFolder folder, IEnumerable<string> settings) => new(
        Path.Combine(PeerFiles.Repository, "run.sh"), ["--data", folder.Data, "--urls", $"http://127.0.0.1:{port}", "--Tiles:Folder", folder.PathOf("tiles"), .. settings])
    {
        WorkingDirectory = PeerFiles.Repository,
    };
}
