using System.Collections.Concurrent;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ITwinOrleans.Native;

/// <summary>
/// The iTwin native library with the one thread that its objects live on. Work that uses native objects is given to
/// <see cref="RunAsync{T}(Func{NativePlatform, T}, CancellationToken)"/> and runs as one piece on that thread.
/// </summary>
/// <remarks>A process can start one engine in its life: the library keeps its environment in statics.</remarks>
public sealed partial class NativeEngine : IAsyncDisposable
{
    private static NativeEngine? s_current;

    private readonly EngineQueue _queue = new();
    private readonly ConcurrentDictionary<Task, bool> _finishing = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NativeEngineOptions _options;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private NativePlatform? _platform;
    private NativeLogging? _logging;

    private NativeEngine(NativeEngineOptions options, ILoggerFactory loggerFactory)
    {
        _options = options;
        LoggerFactory = loggerFactory;
        _logger = loggerFactory.CreateLogger<NativeEngine>();
        Pending = new PendingCalls(this);
        _thread = new Thread(Loop, options.StackSize) { IsBackground = true, Name = "iTwin engine" };
    }

    /// <summary>The library's log messages and their levels.</summary>
    public NativeLogging Logging => _logging ?? throw new EngineException("The engine is not started");

    internal PendingCalls Pending { get; }

    internal ILoggerFactory LoggerFactory { get; }

    /// <summary>Whether the caller is on the engine thread, where native objects may be used.</summary>
    public bool IsOnEngineThread => Thread.CurrentThread == _thread;

    /// <summary>Loads the library and starts the engine thread.</summary>
    /// <exception cref="EngineException">A file is missing or no add-on, or this process had an engine already.</exception>
    public static async Task<NativeEngine> StartAsync(NativeEngineOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        options ??= new NativeEngineOptions();
        foreach (string path in new[] { options.HostLibraryPath, options.AddonPath })
        {
            if (!File.Exists(path))
                throw new EngineException($"There is no {path}. Build the solution: it fetches the native library and builds its host.");
        }

        var engine = new NativeEngine(options, loggerFactory ?? NullLoggerFactory.Instance);
        if (Interlocked.CompareExchange(ref s_current, engine, null) is not null)
            throw new EngineException("This process had an engine already. The native library can be started once in a process.");
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine._queue.TryAdd(() => engine.Start(started));
        engine._thread.Start();
        await started.Task.ConfigureAwait(false);
        return engine;
    }

    /// <summary>Runs a piece of work on the engine thread, after what was given before, and gives its result.</summary>
    /// <param name="work">The work; it should be short, as all iModels of this process wait for it.</param>
    /// <param name="cancellationToken">Cancels work that was not begun.</param>
    public Task<T> RunAsync<T>(Func<NativePlatform, T> work, CancellationToken cancellationToken = default)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(
            () =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    result.TrySetCanceled(cancellationToken);
                    return;
                }

                try
                {
                    result.TrySetResult(work(_platform!));
                }
                catch (Exception exception)
                {
                    result.TrySetException(exception);
                }
            },
            result.SetException);
        return result.Task;
    }

    /// <summary>Runs a piece of work on the engine thread.</summary>
    public Task RunAsync(Action<NativePlatform> work, CancellationToken cancellationToken = default) =>
        RunAsync(
            platform =>
            {
                work(platform);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Runs work that awaits native results. What follows an <c>await</c> in it runs on the engine thread too; other work goes on in between.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<NativePlatform, Task<T>> work, CancellationToken cancellationToken = default)
    {
        Task<T> running = await RunAsync<Task<T>>(platform => work(platform), cancellationToken).ConfigureAwait(false);
        return await running.ConfigureAwait(false);
    }

    /// <summary>Runs work that awaits native results.</summary>
    public async Task RunAsync(Func<NativePlatform, Task> work, CancellationToken cancellationToken = default)
    {
        Task running = await RunAsync<Task>(platform => work(platform), cancellationToken).ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    /// <summary>What native memory is held now.</summary>
    public Task<NativeUsage> GetUsageAsync() => RunAsync(static _ =>
    {
        HostLibrary.GetUsage(out HostUsage usage);
        return new NativeUsage((long)usage.Handles, (long)usage.Memories, (long)usage.Callbacks, (long)usage.Cells);
    });

    /// <summary>Gives memory that work left free, but that the allocator keeps for more of it, back to the system.</summary>
    public Task TrimMemoryAsync(CancellationToken cancellationToken = default) => RunAsync(static _ => HostLibrary.TrimMemory(), cancellationToken);

    /// <summary>Finishes the work that was given, stops the library and ends the engine thread. The process can have no other engine.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_finishing.Keys).ConfigureAwait(false);
        _queue.Close();
        await _stopped.Task.ConfigureAwait(false);
    }

    internal void Enqueue(Action work, Action<Exception> refused)
    {
        if (!_queue.TryAdd(work))
            refused(new EngineException("The engine is stopped; it takes no more work"));
    }

    /// <summary>Work that goes on by itself, does not fail, and is to end before the library is stopped.</summary>
    internal void FinishBeforeStop(Task work)
    {
        _finishing.TryAdd(work, true);
        work.ContinueWith(
            (done, self) => ((NativeEngine)self!)._finishing.TryRemove(done, out _), this, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    internal void RequestPump() => _queue.RequestPump();

    /// <summary>The exception for an error that the host gave; releases its memory.</summary>
    internal unsafe NativeException TakeError(in HostValue error)
    {
        try
        {
            return NativeException.FromJson(new ReadOnlySpan<byte>(error.Data, checked((int)error.Size)));
        }
        finally
        {
            HostLibrary.ReleaseMemory(error.Owner);
        }
    }

    /// <summary>Makes sure that native objects are used where they may be.</summary>
    internal void EnsureOnEngineThread()
    {
        if (!IsOnEngineThread)
            throw new NativeUsageException("Native objects may be used on the engine thread only: give the work to NativeEngine.RunAsync");
    }

    private void Start(TaskCompletionSource started)
    {
        try
        {
            HostLibrary.UseLibrary(_options.HostLibraryPath);
            HostBridge.Start(_options.AddonPath, this);
            _platform = new NativePlatform(this);
            _logging = new NativeLogging(_platform, LoggerFactory);
            Log.Started(_logger, _options.AddonPath);
            started.SetResult();
        }
        catch (Exception exception)
        {
            _queue.Close();
            started.SetException(exception is NativeException ? new EngineException(exception.Message, exception) : exception);
        }
    }

    private void Loop()
    {
        SynchronizationContext.SetSynchronizationContext(new EngineSynchronizationContext(_queue));
        while (_queue.Take(out bool pump, out Action? work))
        {
            if (pump)
                HostLibrary.Pump();
            work?.Invoke();
        }

        _logging?.Dispose();
        if (_platform is not null)
            HostLibrary.Stop();
        Pending.Abandon();
        Log.Stopped(_logger);
        _stopped.SetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The native library runs, from {AddonPath}")]
        public static partial void Started(ILogger logger, string addonPath);

        [LoggerMessage(2, LogLevel.Information, "The native library is stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
