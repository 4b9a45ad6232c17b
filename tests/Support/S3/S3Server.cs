using System.Diagnostics;

namespace ITwinOrleans.Tests.Support;

/// <summary>An S3-compatible server of a test (npm's s3rver) with a bucket <c>itwin</c>, on 127.0.0.1. It ends with the test process, however that ends.</summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>The access key and the secret key.</summary>
    public const string Key = "S3RVER";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-s3-").FullName;
    private Process _server = null!;

    private S3Server()
    {
    }

    /// <summary>Its address.</summary>
    public string Url { get; private set; } = "";

    public static async Task<S3Server> StartAsync()
    {
        var program = Path.Join(await NpmFolder.InstallAsync("S3", "server.mjs"), "server.mjs");
        var server = new S3Server();
        server._server = Process.Start(new ProcessStartInfo("node", [program, server._folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var port = await server._server.StandardOutput.ReadLineAsync().WaitAsync(Limit)
            ?? throw new InvalidOperationException("The S3 server did not start.");
        server.Url = "http://127.0.0.1:" + port;
        return server;
    }

    /// <summary>Ends the server as a crash does.</summary>
    public async Task StopAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
