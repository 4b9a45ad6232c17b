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
        var program = await InstallAsync();
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

    // Into a folder of the build's own, once; several test processes may come at the same time.
    private static async Task<string> InstallAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(root.FullName, "ITwinOrleans.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        var target = Path.Join(root.FullName, "artifacts", "s3");
        var program = Path.Join(target, "server.mjs");
        if (File.Exists(program))
            return program;
        var fresh = target + "-" + Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(fresh);
        foreach (var file in new[] { "package.json", "package-lock.json", "server.mjs" })
            File.Copy(Path.Join(root.FullName, "tests", "Support", "S3", file), Path.Join(fresh, file));
        using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = fresh })!;
        await npm.WaitForExitAsync().WaitAsync(Limit);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException("npm ci of the S3 server failed.");
        try
        {
            Directory.Move(fresh, target);
        }
        catch (IOException) when (File.Exists(program))
        {
            Directory.Delete(fresh, recursive: true);
        }

        return program;
    }
}
