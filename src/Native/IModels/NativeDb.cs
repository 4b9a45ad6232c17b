using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Interop;
using ITwinOrleans.Native.Objects;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Native.IModels;

/// <summary>An open database of the native library. It knows the statements, readers and requests made for it, and disposes them before it closes.</summary>
/// <remarks>Closing a database under a live statement corrupts native memory; hence the ownership.</remarks>
public abstract partial class NativeDb : NativeObject
{
    private readonly HashSet<NativeDbObject> _objects = [];
    private int _callbackDepth;
    private Task _closing = Task.CompletedTask;

    private protected NativeDb(NativePlatform platform, string className)
        : base(platform.Construct(className)) => Platform = platform;

    /// <summary>Reached by the garbage collector: the database was leaked. It is closed in order all the same.</summary>
    ~NativeDb()
    {
        if (IsDisposed)
            return;
        NativeObject database = Detach();

        // Queued before the closing, from this one finalizer thread: an object's own finalizer would queue its release behind it, and a
        // statement that outlives its database corrupts memory.
        foreach (NativeDbObject leaked in _objects)
            leaked.ReleaseHandle();
        Engine.Enqueue(
            () =>
            {
                try
                {
                    database.Invoke(CloseMethod);
                }
                catch (NativeException exception)
                {
                    Log.CloseFailed(Engine.LoggerFactory.CreateLogger(GetType()), exception);
                }

                database.Dispose();
                AfterLeak();
            },
            static _ => { });
    }

    /// <summary>The library that the database belongs to.</summary>
    public NativePlatform Platform { get; }

    /// <summary>Whether the file is open.</summary>
    public bool IsOpen => !IsDisposed && CallBoolean("isOpen");

    /// <summary>The path of the open file.</summary>
    public string FilePath => CallText("getFilePath");

    /// <summary>The last error message of SQLite; it may be of an earlier call.</summary>
    public string LastError => CallText("getLastError");

    /// <summary>The row id of the last insert.</summary>
    public long LastInsertRowId => (long)CallNumber("getLastInsertRowId");

    /// <summary>How many statements, readers and requests live on this database.</summary>
    public int ObjectCount => _objects.Count;

    private protected abstract string CloseMethod { get; }

    /// <summary>
    /// Disposes what lives on the database and closes the file: at once, or as soon as threads of the library that use it are done
    /// (<see cref="CloseAsync"/> tells when). What was not saved is lost. The same as disposing it.
    /// </summary>
    public void Close() => Dispose();

    /// <summary>Closes the database as <see cref="Close"/> does, on the engine thread, and completes when the file is closed.</summary>
    public Task CloseAsync()
    {
        Engine.EnsureOnEngineThread();
        Close();
        return _closing;
    }

    internal void Add(NativeDbObject owned) => _objects.Add(owned);

    internal void Remove(NativeDbObject owned) => _objects.Remove(owned);

    /// <summary>Native code calls out of this database: until it has returned the file cannot be closed.</summary>
    internal CallbackScope EnterCallback() => new(this);

    /// <summary>Opens a database; one that cannot be opened is released.</summary>
    private protected static TDb Opened<TDb>(TDb db, Action<TDb> open)
        where TDb : NativeDb
    {
        try
        {
            open(db);
            return db;
        }
        catch
        {
            db.ReleaseHandle();
            GC.SuppressFinalize(db);
            throw;
        }
    }

    /// <summary>Completes when no thread of the library uses the database any more; asked for when nothing new can be begun.</summary>
    private protected virtual Task WhenIdleAsync() => Task.CompletedTask;

    /// <summary>What is released with the database, after its statements and before its file is closed.</summary>
    private protected virtual void BeforeClose()
    {
    }

    /// <summary>What else is released of a database that was leaked, after its file is closed.</summary>
    private protected virtual void AfterLeak()
    {
    }

    /// <inheritdoc/>
    /// <exception cref="NativeUsageException">The database is closed by a handler that it called itself.</exception>
    protected override void Dispose(bool disposing)
    {
        if (Engine.IsOnEngineThread)
            CloseNow();
        else
            Engine.Enqueue(CloseFromAfar, static _ => { });
    }

    /// <summary>Nobody waits for it: an error is logged.</summary>
    private void CloseFromAfar()
    {
        try
        {
            CloseNow();
        }
        catch (NativeException exception)
        {
            Log.CloseFailed(Engine.LoggerFactory.CreateLogger(GetType()), exception);
        }
    }

    private void CloseNow()
    {
        if (IsDisposed)
            return;
        if (_callbackDepth > 0)
            throw new NativeUsageException("An iModel cannot be closed by a callback of its own: native code is still working on it");
        foreach (NativeDbObject owned in _objects.ToArray())
            owned.Dispose();
        BeforeClose();
        Task idle = WhenIdleAsync();
        NativeObject database = Detach();
        if (idle.IsCompleted)
            CloseFile(database);
        else
            Engine.FinishBeforeStop(_closing = CloseFileAsync(database, idle));
    }

    private async Task CloseFileAsync(NativeObject database, Task idle)
    {
        await idle.ConfigureAwait(false);
        try
        {
            await Engine.RunAsync(_ => CloseFile(database)).ConfigureAwait(false);
        }
        catch (NativeException exception)
        {
            Log.CloseFailed(Engine.LoggerFactory.CreateLogger(GetType()), exception);
        }
    }

    private void CloseFile(NativeObject database)
    {
        try
        {
            database.Invoke(CloseMethod);
        }
        finally
        {
            database.Dispose();

            // An iModel's caches and the answers of large queries leave a lot of free memory behind.
            HostLibrary.TrimMemory();
        }
    }

    /// <summary>See <see cref="EnterCallback"/>.</summary>
    internal readonly ref struct CallbackScope
    {
        private readonly NativeDb _db;

        public CallbackScope(NativeDb db)
        {
            _db = db;
            _db._callbackDepth++;
        }

        public void Dispose() => _db._callbackDepth--;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A database could not be closed")]
        public static partial void CloseFailed(ILogger logger, Exception exception);
    }
}
