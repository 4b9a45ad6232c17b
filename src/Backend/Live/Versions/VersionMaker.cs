using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Undo;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Live.Versions;

/// <summary>
/// Names the current state of a live iModel as a version, while no write runs. The version is made of a copy of the file and published whole; only then the
/// live file takes the changeset into its timeline. If that does not happen, the version is none of the timeline and is never seen.
/// </summary>
internal sealed class VersionMaker(IModelDb iModel, LiveConnection connection, string path, bool keepLog, TimeProvider time)
{
    // ENOSPC, which .NET gives as the HResult of an IOException.
    private const int NoSpace = 28;

    private readonly VersionFolder _folder = new(path);

    /// <summary>The versions, the oldest first.</summary>
    public async Task<IReadOnlyList<LiveVersion>> ReadAsync(CancellationToken cancellationToken)
    {
        (string id, int index) = await iModel.RunAsync(ChangesetFile.ReadCurrent, cancellationToken).ConfigureAwait(false);
        return _folder.Read(id, index);
    }

    /// <summary>Makes a version.</summary>
    /// <param name="user">Who names it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="begin">Readies the connection for a write, on the engine thread.</param>
    /// <param name="state">The state that is named.</param>
    /// <exception cref="LiveRefusedException">Nothing changed since the version before, or the disk refuses.</exception>
    public async Task<LiveVersion> MakeAsync(LiveUser user, string name, Action begin, LiveState state)
    {
        int index = 0;
        try
        {
            index = await iModel.WriteAsync(() => Task.FromResult(Guarded(() => Prepare(begin)))).ConfigureAwait(false);
            LiveVersion version = await PublishAsync(new LiveVersion(index, "", "", name, user, time.GetUtcNow(), state, "", 0, "", 0, 0)).ConfigureAwait(false);
            await iModel.WriteAsync(() => Task.FromResult(Guarded(() => Complete(version)))).ConfigureAwait(false);
            return version;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LiveRefusedException(
                new LiveRefusal(exception.HResult == NoSpace ? LiveRefusals.StorageFull : LiveRefusals.StorageFailed, "The version could not be written. The iModel is as it was."), exception);
        }
        catch (NativeException exception)
        {
            throw new LiveRefusedException(
                StorageErrors.Find(exception, "") ?? new LiveRefusal(LiveRefusals.Refused, iModel.WithoutPaths(exception.Message), exception.ErrorNumber), exception);
        }
        finally
        {
            TryRemoveUnfinished(index);
        }
    }

    // What cannot be removed now is removed by the next attempt.
    private void TryRemoveUnfinished(int index)
    {
        try
        {
            _folder.RemoveUnfinished(index);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    // After an error the connection may not be usable any more.
    private T Guarded<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (NativeException exception)
        {
            connection.Abandon(reopen: StorageErrors.Find(exception, connection.Native.LastError) is not null);
            throw;
        }
    }

    private int Prepare(Action begin)
    {
        begin();
        DgnDb native = connection.Native;
        if (!native.Txns.HasPendingTxns)
            throw new LiveRefusedException(LiveRefusals.InvalidTransaction, "Nothing was changed since the last version");

        // Completing the changeset deletes the transactions, which undo needs.
        KeptChanges.Keep(connection.Store);
        native.Txns.SaveChanges();
        if (!keepLog)
            TryCheckpoint(native);
        return ChangesetFile.ReadCurrent(native).Index + 1;
    }

    // Makes the copy smaller. Queries that run now keep the log from being merged whole: then it is copied too, as where a journal reads it.
    private static void TryCheckpoint(DgnDb native)
    {
        try
        {
            native.WriteAheadLog.Checkpoint();
        }
        catch (DbException exception) when (exception.PrimaryResult is DbResult.BE_SQLITE_BUSY or DbResult.BE_SQLITE_LOCKED)
        {
        }
    }

    private async Task<LiveVersion> PublishAsync(LiveVersion version)
    {
        string checkpoint = _folder.CheckpointOf(version.Index), changeset = _folder.ChangesetOf(version.Index), description = _folder.DescriptionOf(version.Index);
        await Task.Run(() =>
        {
            if (!Directory.Exists(_folder.Path))
            {
                Directory.CreateDirectory(_folder.Path);
                DurableFiles.SyncFolder(Path.GetDirectoryName(_folder.Path)!);
            }

            _folder.RemoveUnfinished(version.Index);
            DurableFiles.Copy(path, checkpoint);
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } log)
                log.CopyTo(DurableFiles.Temporary(checkpoint) + "-wal", overwrite: true);
        }).ConfigureAwait(false);
        ChangesetFile made = await iModel.OnEngineAsync(platform => CheckpointFile.Make(
            platform, DurableFiles.Temporary(checkpoint), version.Index, DurableFiles.Temporary(changeset))).ConfigureAwait(false);
        DurableFiles.Sync(DurableFiles.Temporary(checkpoint));
        DurableFiles.Sync(DurableFiles.Temporary(changeset));
        version = version with
        {
            Id = made.Id,
            ParentId = made.ParentId,
            ChangesType = made.ChangesType,
            File = Path.GetFileName(checkpoint),
            FileSize = new FileInfo(DurableFiles.Temporary(checkpoint)).Length,
            ChangesetFile = Path.GetFileName(changeset),
            ChangesetSize = new FileInfo(DurableFiles.Temporary(changeset)).Length,
        };
        await DurableFiles.WriteAsync(description, JsonSerializer.SerializeToUtf8Bytes(version, LiveJson.Default.LiveVersion), CancellationToken.None).ConfigureAwait(false);
        DurableFiles.Publish(_folder.Path, checkpoint, changeset, description);
        return version;
    }

    private bool Complete(LiveVersion version)
    {
        DgnDb native = connection.Native;
        ChangesetFile changeset = ChangesetFile.Start(native);
        if (changeset.Id != version.Id)
        {
            native.Changesets.AbandonCreate();
            throw new LiveRefusedException(LiveRefusals.StorageFailed, "The copy of the iModel's file does not have the same changes");
        }

        native.Changesets.CompleteCreate(version.Index);
        File.Delete(changeset.Path);
        iModel.OnCommitted([], connection: true);
        return true;
    }
}
