using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Serve.Bench.Servers;

/// <summary>A server that is measured.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly RunningServer _server;

    private ServerProcess(RunningServer server) => _server = server;

    /// <summary>Where it listens, on loopback.</summary>
    public int Port => _server.Port;

    /// <summary>Of the server; its workers are its children.</summary>
    public int Id => _server.Id;

    /// <summary>Copies the files, starts the server and waits until it serves and rests.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="files">The names in the server's folder, and what is copied there.</param>
    public static async Task<ServerProcess> StartAsync(ServerKind kind, IReadOnlyDictionary<string, string> files)
    {
        var server = new ServerProcess(await RunningServer.StartAsync(new ServerFolder(files), kind.Command, kind.Announcement, Patience));
        try
        {
            kind.WhenReady(server.Port);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.HasEnded)
            await Console.Error.WriteLineAsync($"The server on port {Port} ended by itself: {_server.Said}");
        await _server.DisposeAsync();
    }
}
