using System.Collections.Concurrent;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.IModels;

/// <summary>An iModel that is open in this process. Its native object is used on the engine thread only.</summary>
/// <remarks>
/// An operation is one piece of work on the engine thread; work that may take longer is cut into slices, so that other iModels' work takes its
/// turn. What native code does on threads of its own (queries, tiles, graphics) is started there and awaited elsewhere. While a live iModel is
/// written, its other operations wait.
/// </remarks>
public sealed class IModelDb
{
    private readonly NativeEngine _engine;
    private readonly WriteGate _gate = new();
    private DgnDb _native;
    private readonly string _path;
    private readonly ConcurrentDictionary<Type, object> _state = new();
    private readonly CancellationTokenSource _closing = new();
    private int _closed;

    internal IModelDb(NativeEngine engine, DgnDb native, string path, string handle, string key, ConnectionProps connection)
    {
        _engine = engine;
        _native = native;
        _path = path;
        Handle = handle;
        Key = key;
        Connection = connection;
        Classes = new ClassHierarchy();
        Entities = new EntityReader(Classes);
    }

    /// <summary>Cancelled when the iModel is closed.</summary>
    public CancellationToken Closed => _closing.Token;

    /// <summary>What this opening of the file is called; a later opening of it has another handle.</summary>
    public string Handle { get; }

    /// <summary>The key that frontends know the iModel by.</summary>
    public string Key { get; }

    /// <summary>What frontends are told when they connect.</summary>
    public ConnectionProps Connection { get; private set; }

    /// <summary>What makes the iModel live; null of one that is open for reading.</summary>
    public LiveIModel? Live { get; private set; }

    /// <summary>Grows with each commit to a live iModel: work that began before is no answer to who asks now.</summary>
    internal long Revision { get; private set; }

    /// <summary>Grows with each commit that changes geometry.</summary>
    internal long GeometryRevision { get; private set; }

    /// <summary>The iModel's classes.</summary>
    internal ClassHierarchy Classes { get; }

    /// <summary>Reads elements and models.</summary>
    internal EntityReader Entities { get; }

    /// <summary>Whether the iModel is open.</summary>
    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>Runs a short piece of work on the engine thread.</summary>
    /// <exception cref="IModelNotOpenException">The iModel was closed.</exception>
    public Task<T> RunAsync<T>(Func<DgnDb, T> work, CancellationToken cancellationToken = default) => Live is null
        ? _engine.RunAsync(_ => work(Native), cancellationToken)
        : _engine.RunAsync(
            async _ =>
            {
                await _gate.PassAsync();
                return work(Native);
            },
            cancellationToken);

    /// <summary>Starts native work on the engine thread and awaits its result elsewhere.</summary>
    /// <param name="start">Begins the work; it should not await anything itself.</param>
    /// <param name="cancellationToken">Cancels work that was not begun.</param>
    /// <exception cref="IModelNotOpenException">The iModel was closed.</exception>
    public Task<T> StartAsync<T>(Func<DgnDb, Task<T>> start, CancellationToken cancellationToken = default) => Live is null
        ? _engine.RunAsync(_ => start(Native), cancellationToken)
        : _engine.RunAsync(
            async _ =>
            {
                await _gate.PassAsync();
                return await start(Native);
            },
            cancellationToken);

    /// <summary>Runs many small steps on the engine thread, letting other work in between after each slice of time.</summary>
    /// <param name="slice">How long the steps may keep the engine thread in one go.</param>
    /// <param name="step">One step; false when it was the last.</param>
    /// <param name="cancellationToken">Stops before the next slice.</param>
    /// <exception cref="IModelNotOpenException">The iModel was closed.</exception>
    public async Task RunSlicedAsync(TimeSpan slice, Func<DgnDb, bool> step, CancellationToken cancellationToken)
    {
        bool more = true;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = await RunAsync(
                native =>
                {
                    long began = TimeProvider.System.GetTimestamp();
                    do
                    {
                        if (!step(native))
                            return false;
                    }
                    while (TimeProvider.System.GetElapsedTime(began) < slice);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a write on the engine thread, which may let other iModels' work in between; nothing else of this iModel runs meanwhile.</summary>
    internal Task<T> WriteAsync<T>(Func<Task<T>> write) => _engine.RunAsync(async _ =>
    {
        await _gate.PassAsync();
        if (!IsOpen)
            throw new IModelNotOpenException(Handle);
        _gate.Begin();
        try
        {
            return await write();
        }
        finally
        {
            _gate.End();
        }
    });

    /// <summary>Runs work of the library on the engine thread that does not use this iModel's connection.</summary>
    internal Task<T> OnEngineAsync<T>(Func<NativePlatform, T> work) => _engine.RunAsync(work);

    /// <summary>From now on the iModel is live; before anybody has it.</summary>
    internal void MakeLive(LiveIModel live) => Live = live;

    /// <summary>The file was opened anew; on the engine thread.</summary>
    internal void Replace(DgnDb native) => _native = native;

    /// <summary>A commit changed the iModel; on the engine thread.</summary>
    /// <param name="geometryModels">The models whose geometry changed: their tile trees are made anew.</param>
    /// <param name="connection">Whether what frontends are told when they connect changed too.</param>
    internal void OnCommitted(IReadOnlyList<string> geometryModels, bool connection)
    {
        Revision++;
        if (connection)
            Connection = ConnectionProps.Read(_native, Key);
        if (geometryModels.Count == 0)
            return;
        GeometryRevision++;
        _native.Tiles.Purge(geometryModels);
    }

    /// <summary>Runs what ends a use of the iModel on the engine thread; nothing to do when the iModel was closed, as that ended it.</summary>
    internal Task LeaveAsync(Action work) => _engine.RunAsync(_ =>
    {
        if (IsOpen)
            work();
    });

    /// <summary>State that belongs to this opening of the iModel, made when it is first asked for; disposed with it if it can be.</summary>
    public T GetState<T>(Func<IModelDb, T> create)
        where T : class =>
        (T)_state.GetOrAdd(typeof(T), static (_, argument) => argument.create(argument.self), (create, self: this));

    /// <summary>A message of native code without the file's place on this machine.</summary>
    public string WithoutPaths(string message) => FilePaths.Remove(message, _path, Key);

    /// <summary>Closes the file once, when native code is done with it. Calls that it still works on complete, with their result or an error.</summary>
    internal Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return Task.CompletedTask;
        _closing.Cancel();
        return _engine.RunAsync(async _ =>
        {
            await _gate.PassAsync();
            foreach (object state in _state.Values)
                (state as IDisposable)?.Dispose();
            Live?.BeforeClose();
            await _native.CloseAsync();
        });
    }

    private DgnDb Native => IsOpen ? _native : throw new IModelNotOpenException(Handle);
}
