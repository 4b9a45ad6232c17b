using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace ITwinOrleans.Tests.Support;

/// <summary>The tables of Azure Storage as npm's Azurite has them, on 127.0.0.1, with an account of the test's own.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("itwin-azurite-").FullName;
    private RunningProgram _program = null!;

    private AzuriteServer()
    {
    }

    /// <summary>How a client connects.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<AzuriteServer> StartAsync()
    {
        string installed = await NpmFolder.InstallAsync("Azurite"), port = FreePort.Find().ToString(CultureInfo.InvariantCulture), key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var server = new AzuriteServer();
        var start = new ProcessStartInfo("node", [
            Path.Join(installed, "node_modules", "azurite", "dist", "src", "table", "main.js"), "--tableHost", "127.0.0.1", "--tablePort", port,
            "--location", server._folder, "--skipApiVersionCheck", "--disableTelemetry"])
        {
            Environment = { ["AZURITE_ACCOUNTS"] = $"test:{key}" },
        };
        server._program = await RunningProgram.StartAsync(start, "successfully started", Patience);
        server.ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=test;AccountKey={key};TableEndpoint=http://127.0.0.1:{port}/test;";
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
