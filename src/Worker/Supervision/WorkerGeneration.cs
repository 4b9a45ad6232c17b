using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using ITwinOrleans.Worker.Hosting;
using ITwinOrleans.Worker.Protocol;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>One process of a worker, from its start to its end.</summary>
internal sealed partial class WorkerGeneration : IAsyncDisposable
{
    // A peer that connects and says nothing must not keep the worker out.
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    // A process that gives up its start gets the time to say why and to end.
    private static readonly TimeSpan FailedStartGrace = TimeSpan.FromSeconds(5);

    // The system reports the end of a process a moment after it has closed its connection.
    private static readonly TimeSpan ExitGrace = TimeSpan.FromMilliseconds(250);

    // A killed process that writes a core dump, or hangs in the kernel, is not waited for any longer.
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly string _worker;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChildProcess _process;
    private readonly Task _reading;
    private volatile bool _isKilled;

    private WorkerGeneration(
        string worker, int number, WorkerOptions options, TimeProvider time, ILogger logger, ChildProcess process, CallingConnection connection, Task reading)
    {
        _worker = worker;
        Number = number;
        _options = options;
        _time = time;
        _logger = logger;
        _process = process;
        Connection = connection;
        _reading = reading;
    }

    public int Number { get; }

    public int ProcessId => _process.Id;

    public CallingConnection Connection { get; }

    /// <summary>Completes when the process has ended.</summary>
    public Task Exited => _process.Exited;

    /// <summary>Starts a process and waits until it takes requests.</summary>
    /// <exception cref="WorkerStartException">It did not become ready.</exception>
    public static async Task<WorkerGeneration> StartAsync(
        string worker, int number, WorkerOptions options, EventQueue events, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        ChildProcess? process = null;
        CallingConnection? connection = null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = new CancellationTokenSource(options.ReadyTimeout, time);
        using var link = timeout.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline);
        try
        {
            var token = RandomNumberGenerator.GetBytes(Handshake.TokenBytes);
            var limits = new ProtocolLimits(options.MaxMessageBytes, options.MaxInFlight, options.MaxUnreadEvents, options.MaxEventBytes);
            using var listener = new PrivateSocket(options.SocketDirectory);
            process = ChildProcess.Start(
                CreateStartInfo(options, new WorkerCommandLine(listener.Path, Environment.ProcessId, token)),
                options.LoggedOutputLines, line => Log.Output(logger, worker, number, line));
            Log.Started(logger, worker, number, process.Id);

            var socket = await AcceptAsync(worker, listener, process, token, limits, logger, deadline.Token).ConfigureAwait(false);
            // From here on nobody else can connect, and a killed owner leaves nothing behind.
            listener.Dispose();
            connection = new CallingConnection(
                socket, limits, new OwnerBounds(options.MaxWaiting, options.MaxRequestBytes, options.MaxUnreadBytes), number, events);
            var reading = connection.RunAsync();
            await Task.WhenAny(connection.Ready, reading, process.Exited).WaitAsync(deadline.Token).ConfigureAwait(false);
            if (!connection.Ready.IsCompletedSuccessfully)
            {
                // Its exit code and its last words say why it did not start; nobody's call is in flight yet.
                await Task.WhenAny(process.Exited, Task.Delay(FailedStartGrace, time, deadline.Token)).ConfigureAwait(false);
                if (reading.IsFaulted)
                    await reading.ConfigureAwait(false);
                throw new WorkerStartException("it closed its connection before it was ready.");
            }
            Log.Ready(logger, worker, number, process.Id);
            return new WorkerGeneration(worker, number, options, time, logger, process, connection, reading);
        }
        catch (Exception e)
        {
            var why = e is OperationCanceledException && !cancellationToken.IsCancellationRequested ? $"it was not ready within {options.ReadyTimeout.TotalSeconds} s." : e.Message;
            var loss = new WorkerLoss(WorkerLossReason.StartFailed, why);
            connection?.Abandon(mayHaveRun => loss.ToException(worker, number, mayHaveRun));
            if (process is not null)
                why = await EndFailedStartAsync(process, why).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new WorkerStartException(why, e);
        }
    }

    /// <summary>Watches the process until it is lost, and ends what is left of it. Calls in flight have failed by then.</summary>
    /// <param name="stopping">True when an end is what was asked for.</param>
    public async Task<WorkerLoss> WatchAsync(Func<bool> stopping)
    {
        using var over = new CancellationTokenSource();
        var health = new HealthMonitor(Connection, _process, _options, _time).RunAsync(over.Token);
        await Task.WhenAny(health, _reading, _process.Exited).ConfigureAwait(false);
        WorkerLoss loss;
        if (health.IsCompleted && await health.ConfigureAwait(false) is { } unhealthy)
            loss = unhealthy;
        else if (_reading is { IsFaulted: true, Exception.InnerException: { } broken })
            loss = new WorkerLoss(WorkerLossReason.ProtocolBroken, broken.Message);
        else
            loss = await DescribeEndAsync(stopping()).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);

        // First the callers, then the process: its death may take the system a while.
        Connection.Abandon(mayHaveRun => loss.ToException(_worker, Number, mayHaveRun));
        await EndAsync(loss, stopping()).ConfigureAwait(false);
        await health.ConfigureAwait(false);
        return loss;
    }

    /// <summary>Kills the process; <see cref="WatchAsync"/> sees it end.</summary>
    public void Kill()
    {
        _isKilled = true;
        _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        // Without effect after an end that was watched; whatever else happened, no call is left waiting.
        Connection.Abandon(mayHaveRun => new WorkerLoss(WorkerLossReason.Died, "it is no longer watched.").ToException(_worker, Number, mayHaveRun));
        _process.Kill();
        await Task.WhenAny(_process.Exited, Task.Delay(KillTimeout, _time)).ConfigureAwait(false);
        _process.Dispose();
    }

    private static ProcessStartInfo CreateStartInfo(WorkerOptions options, WorkerCommandLine commandLine)
    {
        var isManaged = options.Program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isManaged ? Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet" : options.Program);
        if (isManaged)
            start.ArgumentList.Add(options.Program);
        foreach (var argument in commandLine.ToArguments().Concat(options.Arguments))
            start.ArgumentList.Add(argument);
        // A small first generation: by default its budget follows the processor's cache, not the need of a process whose data is native.
        start.Environment["DOTNET_GCgen0size"] = "200000";
        // Two heaps of malloc: by default there is one for nearly each of the program's and the library's threads, and what is free in one serves no other.
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        start.Environment[WorkerCommandLine.TokenVariable] = Convert.ToHexString(commandLine.Token);
        return start;
    }

    private static async Task<Socket> AcceptAsync(
        string worker, PrivateSocket listener, ChildProcess process, byte[] token, ProtocolLimits limits, ILogger logger, CancellationToken cancellationToken)
    {
        using var exited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exit = process.Exited.ContinueWith(_ => exited.CancelAsync(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (true)
        {
            Socket? socket = null;
            try
            {
                socket = await listener.AcceptAsync(exited.Token).ConfigureAwait(false);
                using var hello = CancellationTokenSource.CreateLinkedTokenSource(exited.Token);
                hello.CancelAfter(HelloTimeout);
                await HandshakeIO.AcceptAsync(socket, token, limits, hello.Token).ConfigureAwait(false);
                return socket;
            }
            catch (Exception e) when (e is WorkerProtocolException or SocketException or OperationCanceledException)
            {
                socket?.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                if (process.Exited.IsCompleted)
                    throw new WorkerStartException("it ended before it was ready.", e);
                Log.Refused(logger, worker, e.Message);
            }
        }
    }

    private static async Task<string> EndFailedStartAsync(ChildProcess process, string why)
    {
        using (process)
        {
            var ended = process.Exited.IsCompleted;
            process.Kill();
            await Task.WhenAny(process.Exited, Task.Delay(KillTimeout)).ConfigureAwait(false);
            if (ended)
                why += " It ended with " + ChildProcess.Describe(await process.Exited.ConfigureAwait(false)) + ".";
            var output = await process.GetOutputAsync().ConfigureAwait(false);
            return output.Length == 0 ? why : why + " Its last output: " + output;
        }
    }

    private async Task<WorkerLoss> DescribeEndAsync(bool stopping)
    {
        await Task.WhenAny(_process.Exited, Task.Delay(ExitGrace, _time)).ConfigureAwait(false);
        int? code = _process.Exited.IsCompleted ? await _process.Exited.ConfigureAwait(false) : null;
        var how = code is null ? "it closed its connection." : "its process ended with " + ChildProcess.Describe(code.Value) + ".";
        // One that dies while it is drained has died nevertheless.
        var isStopped = _isKilled || (stopping && code is null or (int)WorkerExitCode.Drained);
        return new WorkerLoss(isStopped ? WorkerLossReason.Stopped : WorkerLossReason.Died, how);
    }

    private async Task EndAsync(WorkerLoss loss, bool stopping)
    {
        if (!stopping)
            _process.Kill();
        await Task.WhenAny(_process.Exited, Task.Delay(KillTimeout, _time)).ConfigureAwait(false);
        _process.Kill();
        var how = _process.Exited.IsCompleted ? ChildProcess.Describe(await _process.Exited.ConfigureAwait(false)) : "an end that is still to come";
        if (stopping)
            Log.Stopped(_logger, _worker, Number, how);
        else
            Log.Lost(_logger, _worker, Number, _process.Id, loss.Reason, loss.Message, how, await _process.GetOutputAsync().ConfigureAwait(false));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Worker {Worker} generation {Generation} started as process {ProcessId}.")]
        public static partial void Started(ILogger logger, string worker, int generation, int processId);

        [LoggerMessage(2, LogLevel.Information, "Worker {Worker} generation {Generation}, process {ProcessId}, is ready.")]
        public static partial void Ready(ILogger logger, string worker, int generation, int processId);

        [LoggerMessage(3, LogLevel.Debug, "Worker {Worker} generation {Generation}: {Line}")]
        public static partial void Output(ILogger logger, string worker, int generation, string line);

        [LoggerMessage(4, LogLevel.Warning, "A peer on the socket of worker {Worker} was refused: {Why}")]
        public static partial void Refused(ILogger logger, string worker, string why);

        [LoggerMessage(5, LogLevel.Error, "Worker {Worker} generation {Generation}, process {ProcessId}, is lost ({Reason}): {Why} It ended with {Exit}. Its last output: {Output}")]
        public static partial void Lost(ILogger logger, string worker, int generation, int processId, WorkerLossReason reason, string why, string exit, string output);

        [LoggerMessage(6, LogLevel.Information, "Worker {Worker} generation {Generation} stopped with {Exit}.")]
        public static partial void Stopped(ILogger logger, string worker, int generation, string exit);
    }
}
