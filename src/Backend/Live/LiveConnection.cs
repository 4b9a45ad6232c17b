using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend.Live;

/// <summary>
/// The connection that a live iModel is written by. After an error of the disk the library's connection cannot be used any more (SQLite has rolled
/// back by itself, and the library's change tracking has ended): it is closed and the file opened anew, for reading only if it must be.
/// </summary>
/// <param name="path">The file's full path.</param>
/// <param name="opening">Under which epoch, by whom.</param>
/// <param name="capture">What the library says while it commits.</param>
/// <param name="prepare">What is set on a connection that takes the place of another.</param>
/// <param name="logger">Where to log.</param>
internal sealed partial class LiveConnection(
    string path, LiveOpening opening, CommitCapture capture, Action<DgnDb> prepare, ILogger logger)
{
    private IModelDb? _iModel;
    private bool _isWritable = true;

    /// <summary>Under which epoch, by whom.</summary>
    public LiveOpening Opening => opening;

    /// <summary>What the library says while it commits.</summary>
    public CommitCapture Capture => capture;

    /// <summary>The connection.</summary>
    public DgnDb Native { get; private set; } = null!;

    /// <summary>The commits in the file.</summary>
    public CommitStore Store { get; private set; } = null!;

    /// <summary>Opens the file; on the engine thread.</summary>
    public DgnDb Open(NativePlatform platform)
    {
        Use(LiveFile.Open(platform, path, opening, capture));
        return Native;
    }

    /// <summary>The iModel whose connection this is, to be told when it changes.</summary>
    public void BelongTo(IModelDb iModel) => _iModel = iModel;

    /// <summary>Opens the file for writing again, if an error of the disk ended that.</summary>
    /// <exception cref="LiveRefusedException">It cannot be written yet, or somebody else owns it now.</exception>
    public void EnsureWritable()
    {
        if (_isWritable)
            return;
        try
        {
            Reopen();
        }
        catch (NativeException exception)
        {
            ReopenReadonly();
            throw new LiveRefusedException(
                StorageErrors.Find(exception, "") ?? new LiveRefusal(LiveRefusals.StorageFailed, "The iModel's file cannot be opened for writing", exception.ErrorNumber), exception);
        }
    }

    /// <summary>Gives up what is not committed.</summary>
    /// <param name="reopen">Whether the connection cannot be used any more.</param>
    /// <returns>Whether the file was opened anew.</returns>
    public bool Abandon(bool reopen)
    {
        if (!reopen)
        {
            try
            {
                Native.Txns.AbandonChanges();
                return false;
            }
            catch (NativeException exception)
            {
                Log.NotAbandoned(logger, exception);
            }
        }

        try
        {
            Reopen();
        }
        catch (Exception exception) when (exception is NativeException or LiveRefusedException)
        {
            Log.OnlyReadable(logger, exception);
            ReopenReadonly();
        }

        return true;
    }

    /// <summary>Lets the library forget the elements and models that it holds in memory, after rows were changed without it. Nothing may be unsaved.</summary>
    public void ForgetEntities() => Native.Changesets.RevertTimeline("[]", skipSchemaChanges: true);

    private void Reopen()
    {
        _isWritable = false;
        Native.Dispose();
        Use(LiveFile.Reopen(Native.Platform, path, opening, capture));
        _isWritable = true;
        Log.Reopened(logger);
    }

    private void ReopenReadonly()
    {
        try
        {
            Use(DgnDb.Open(Native.Platform, path));
        }
        catch (NativeException exception)
        {
            // Readers are told that it is closed; the next write tries again.
            Log.NotReadable(logger, exception);
        }
    }

    private void Use(DgnDb native)
    {
        Native = native;
        Store = new CommitStore(native);
        if (_iModel is null)
            return;
        prepare(native);
        _iModel.Replace(native);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A transaction could not be abandoned; the file is opened anew")]
        public static partial void NotAbandoned(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The file was opened anew after an error of the disk")]
        public static partial void Reopened(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The file can only be read until it can be written again")]
        public static partial void OnlyReadable(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The file cannot be opened any more")]
        public static partial void NotReadable(ILogger logger, Exception exception);
    }
}
