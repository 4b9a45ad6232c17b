using System.Diagnostics;

namespace ITwinOrleans.Tests.Support;

/// <summary>A server in processes of its own, on a free port of loopback, over copies of iModels in a folder of its own; all of it is gone when disposed.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Func<Task<RunningProgram>> _start;
    private readonly ServerFolder _folder;
    private RunningProgram _program;

    private RunningServer(RunningProgram program, int port, ServerFolder folder, Func<Task<RunningProgram>> start) =>
        (_program, Port, _folder, _start) = (program, port, folder, start);

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>Its process; what it started are that one's children.</summary>
    public int Id => _program.Id;

    /// <summary>Whether it ended by itself.</summary>
    public bool HasEnded => _program.HasEnded;

    /// <summary>What it said last.</summary>
    public string Said => _program.Said;

    /// <summary>Copies the files, starts the server and waits until it says that it serves.</summary>
    /// <param name="folder">Its folder, which the server owns from now on.</param>
    /// <param name="command">Its command, of the port and the folder.</param>
    /// <param name="announcement">A part of the line by which it says that it serves.</param>
    /// <param name="patience">How long to wait for that.</param>
    public static async Task<RunningServer> StartAsync(ServerFolder folder, Func<int, ServerFolder, ProcessStartInfo> command, string announcement, TimeSpan patience)
    {
        try
        {
            int port = FreePort.Find();
            Task<RunningProgram> Start() => RunningProgram.StartAsync(command(port, folder), announcement, patience);
            return new RunningServer(await Start(), port, folder, Start);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Its folder.</summary>
    public ServerFolder Folder => _folder;

    /// <summary>Ends it at once, as a crash does (<c>kill -9</c>), with all that it started.</summary>
    public ValueTask KillAsync() => _program.DisposeAsync();

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same port and folder.</summary>
    public async Task StartAgainAsync() => _program = await _start();

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }
}
