using System.Net.Sockets;
using System.Runtime.InteropServices;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Hosting;

/// <summary>The main program of a worker process: connects to the process that started it, hosts one handler, and ends with its owner.</summary>
/// <remarks>What it writes to standard error is in its owner's log.</remarks>
public static class WorkerProcessHost
{
    // What is left to an orderly end (closing iModels) once the owner is gone or has drained the worker.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(10);

    /// <summary>Runs the worker until its owner ends it or dies.</summary>
    /// <param name="args">The command line that the owner made: <c>--socket PATH --parent PID</c>; a token comes in the environment.</param>
    /// <param name="factory">Makes the handler, after the owner has accepted the process. A failure is written to standard error and ends the process.</param>
    /// <returns>The process's exit code, a <see cref="WorkerExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, WorkHandlerFactory factory)
    {
        var token = Environment.GetEnvironmentVariable(WorkerCommandLine.TokenVariable);
        // Nothing that this process starts or prints needs it.
        Environment.SetEnvironmentVariable(WorkerCommandLine.TokenVariable, null);
        if (!WorkerCommandLine.TryParse(args, token, out var commandLine, out var fault))
        {
            await Console.Error.WriteLineAsync("A worker is started by its silo, not by hand. " + fault).ConfigureAwait(false);
            return (int)WorkerExitCode.BadCommandLine;
        }
        using var signals = IgnoreSignals();
        var parent = new ParentWatch(commandLine.Parent, EndGrace);
        parent.Start();
        var code = await ServeAsync(commandLine, factory, parent).ConfigureAwait(false);
        parent.EndWithin();
        return (int)code;
    }

    private static async Task<WorkerExitCode> ServeAsync(WorkerCommandLine commandLine, WorkHandlerFactory factory, ParentWatch parent)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(commandLine.Socket));
            var limits = await HandshakeIO.IntroduceAsync(socket, commandLine.Token, parent.Gone).ConfigureAwait(false);
            var drained = await new ServingConnection(socket, limits).RunAsync(factory, parent.EndWithin, parent.Gone).ConfigureAwait(false);
            return drained ? WorkerExitCode.Drained : WorkerExitCode.OwnerGone;
        }
        catch (OperationCanceledException) when (parent.Gone.IsCancellationRequested)
        {
            return WorkerExitCode.OwnerGone;
        }
        catch (Exception e) when (e is WorkerProtocolException or SocketException)
        {
            await Console.Error.WriteLineAsync("The connection to the owner failed: " + e.Message).ConfigureAwait(false);
            return WorkerExitCode.ProtocolBroken;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync("The worker failed: " + e).ConfigureAwait(false);
            return WorkerExitCode.HandlerFailed;
        }
    }

    // A terminal's Ctrl+C and a service manager's stop reach the whole group; the owner decides when its workers end, and takes them with it.
    private static SignalGuard IgnoreSignals() => new(
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Ignore));

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private sealed class SignalGuard(params PosixSignalRegistration[] registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in registrations)
                registration.Dispose();
        }
    }
}
