using System.Collections.Concurrent;
using System.Globalization;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Versions;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend.IModels;

/// <summary>The iModels that are open in this process, over its one engine.</summary>
public sealed partial class IModelHost(NativeEngine engine, BackendOptions options, TimeProvider time, ILogger<IModelHost> logger)
{
    private static readonly TimeSpan WriterPoll = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Lazy<Task<IModelDb>>> _open = new(StringComparer.Ordinal);

    /// <summary>The engine that the iModels belong to.</summary>
    public NativeEngine Engine => engine;

    /// <summary>The iModels that are open now.</summary>
    public IReadOnlyList<IModelDb> OpenIModels =>
        [.. _open.Values.Where(static one => one is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(static one => one.Value.Result)];

    /// <summary>Opens a file, for reading or (live) for writing. Callers that ask for the same handle while it is being opened share one opening.</summary>
    /// <param name="handle">What this opening is called.</param>
    /// <param name="key">The key that frontends know the iModel by.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="live">How it is opened for writing; null for reading.</param>
    /// <exception cref="NativeException">The native library refuses the file; its message does not name the path.</exception>
    /// <exception cref="LiveRefusedException">It is not to be written, or not under this epoch.</exception>
    public async Task<IModelDb> OpenAsync(string handle, string key, string path, LiveOpening? live = null)
    {
        var opening = new Lazy<Task<IModelDb>>(() => live is null ? OpenNowAsync(handle, key, path) : OpenLiveAsync(handle, key, path, live));
        Lazy<Task<IModelDb>> first = _open.GetOrAdd(handle, opening);
        try
        {
            return await first.Value.ConfigureAwait(false);
        }
        catch
        {
            _open.TryRemove(KeyValuePair.Create(handle, first));
            throw;
        }
    }

    /// <summary>The open iModel with a handle.</summary>
    /// <exception cref="IModelNotOpenException">There is none.</exception>
    public IModelDb Get(string handle) =>
        _open.TryGetValue(handle, out Lazy<Task<IModelDb>>? one) && one is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } task } && task.Result.IsOpen
            ? task.Result
            : throw new IModelNotOpenException(handle);

    /// <summary>The open iModel with a key, or null.</summary>
    public IModelDb? FindByKey(string? key) => key is null ? null : OpenIModels.FirstOrDefault(iModel => iModel.Key == key && iModel.IsOpen);

    /// <summary>Closes an iModel; does nothing when it is not open.</summary>
    public async Task CloseAsync(string handle)
    {
        if (!_open.TryRemove(handle, out Lazy<Task<IModelDb>>? one))
            return;
        IModelDb iModel;
        try
        {
            iModel = await one.Value.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NativeException or LiveRefusedException)
        {
            return; // It was being opened and could not be: whoever opens it is told.
        }

        await iModel.CloseAsync().ConfigureAwait(false);
        Log.Closed(logger, iModel.Key);
    }

    /// <summary>Closes all iModels.</summary>
    public Task CloseAllAsync() => Task.WhenAll(_open.Keys.Select(CloseAsync));

    /// <summary>Opens a file for a moment to say what it is.</summary>
    /// <exception cref="NativeException">The native library refuses the file; its message does not name the path.</exception>
    public Task<ConnectionProps> DescribeAsync(string key, string path, CancellationToken cancellationToken) => engine.RunAsync(
        platform =>
        {
            using DgnDb native = Open(platform, key, path);
            return ConnectionProps.Read(native, key);
        },
        cancellationToken);

    private static DgnDb Open(NativePlatform platform, string key, string path) => Open(key, path, () => DgnDb.Open(platform, path, OpenMode.Readonly));

    private static DgnDb Open(string key, string path, Func<DgnDb> open)
    {
        try
        {
            return open();
        }
        catch (NativeException exception)
        {
            throw new NativeException(FilePaths.Remove(exception.Message, path, key), exception)
            {
                Name = Rpc.ErrorNames.Of(exception.ErrorNumber),
                ErrorNumber = exception.ErrorNumber,
                Scope = exception.Scope,
                Key = exception.Key,
            };
        }
    }

    // Seconds and bytes. A client's own quota of time is not looked at by native code.
    private string QueryLimits() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"globalQuota":{"time":{{Math.Ceiling(options.MaxQueryTime.TotalSeconds)}},"memory":{{options.MaxQueryMemory}} } }""");

    private async Task<IModelDb> OpenNowAsync(string handle, string key, string path)
    {
        IModelDb iModel = await engine.RunAsync(platform => Make(Open(platform, key, path), path, handle, key)).ConfigureAwait(false);
        Log.Opened(logger, key, iModel.Connection.IModelId);
        return iModel;
    }

    private async Task<IModelDb> OpenLiveAsync(string handle, string key, string path, LiveOpening opening)
    {
        IModelDb iModel = await WaitForWriterAsync(path, () => engine.RunAsync(platform =>
        {
            var connection = new LiveConnection(path, opening, new CommitCapture(), Limit, logger);
            IModelDb made = Make(Open(key, path, () => connection.Open(platform)), path, handle, key);
            connection.BelongTo(made);
            var writer = new LiveWriter(made, connection, options, time, logger);
            made.MakeLive(new LiveIModel(made, writer, new VersionMaker(made, connection, path, opening.KeepLog, time), options));
            return made;
        })).ConfigureAwait(false);
        Log.OpenedLive(logger, key, iModel.Connection.IModelId, opening.Epoch);
        return iModel;
    }

    // The library holds SQLite's write lock as long as the file is open for writing. Not waited for on the engine thread.
    private async Task<T> WaitForWriterAsync<T>(string path, Func<Task<T>> open)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await open().ConfigureAwait(false);
            }
            catch (NativeException exception) when (exception.ErrorNumber == (int)DbResult.BE_SQLITE_READONLY || (exception.ErrorNumber == (int)DbResult.BE_SQLITE_CANTOPEN && File.Exists(path)))
            {
                throw new LiveRefusedException(new LiveRefusal(LiveRefusals.StorageFailed, "The iModel's file or its folder cannot be written", exception.ErrorNumber), exception);
            }
            catch (NativeException exception) when (exception.ErrorNumber == (int)DbResult.BE_SQLITE_BUSY)
            {
                if (time.GetElapsedTime(began) >= options.Live.BusyTimeout)
                    throw new LiveRefusedException(new LiveRefusal(LiveRefusals.NotWritable, "Another process has the iModel open for writing", exception.ErrorNumber), exception);
            }

            await Task.Delay(WriterPoll, time).ConfigureAwait(false);
        }
    }

    private IModelDb Make(DgnDb native, string path, string handle, string key)
    {
        try
        {
            Limit(native);
            return new IModelDb(engine, native, path, handle, key, ConnectionProps.Read(native, key));
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    // Before the first query of the file: later its query threads would not notice. SQLite's limit is the process's; it can be set through a database only.
    private void Limit(DgnDb native)
    {
        native.Queries.ResetConfig(QueryLimits()).Dispose();
        using var limit = new SqliteStatement(native, string.Create(CultureInfo.InvariantCulture, $"PRAGMA soft_heap_limit={options.SqliteMemory}"));
        limit.Step();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened {Key}, the iModel {IModelId}")]
        public static partial void Opened(ILogger logger, string key, string iModelId);

        [LoggerMessage(3, LogLevel.Information, "Opened {Key}, the iModel {IModelId}, for writing under epoch {Epoch}")]
        public static partial void OpenedLive(ILogger logger, string key, string iModelId, long epoch);

        [LoggerMessage(2, LogLevel.Information, "Closed {Key}")]
        public static partial void Closed(ILogger logger, string key);
    }
}
