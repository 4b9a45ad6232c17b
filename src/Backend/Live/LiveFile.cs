using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Live;

/// <summary>Opens a file for writing, if it may be live and nobody else owns it; on the engine thread.</summary>
internal static class LiveFile
{
    /// <summary>The local value of a standalone file that may be edited (core-backend <c>BriefcaseLocalValue.StandaloneEdit</c>).</summary>
    public const string StandaloneEdit = "StandaloneEdit";

    // core-common BriefcaseIdValue: FirstValid and LastValid. What is less is a snapshot or standalone file, what is more is reserved.
    private const int FirstBriefcase = 2, LastBriefcase = (1 << 24) - 11;

    /// <summary>Opens a file under a new epoch.</summary>
    /// <exception cref="LiveRefusedException">It is not to be written, or was opened under this epoch or a later one before.</exception>
    /// <exception cref="NativeException">The library refuses the file, or it cannot be written.</exception>
    public static DgnDb Open(NativePlatform platform, string path, LiveOpening opening, CommitCapture capture) =>
        Opened(platform, path, opening, capture, native =>
        {
            CheckEditable(native);
            LiveTables.Create(native);
            var store = new CommitStore(native);
            (long epoch, string owner) = store.ReadOwnership();
            if (epoch >= opening.Epoch)
                throw NotWritable($"The iModel was opened for writing under epoch {epoch} by {owner}, so it is not opened under epoch {opening.Epoch}");
            store.TakeOwnership(opening.Epoch, opening.Owner);
            native.Txns.SaveChanges();
        });

    /// <summary>Opens the file again under the epoch that it is owned under, after its connection was lost.</summary>
    /// <exception cref="LiveRefusedException">Somebody else owns it now.</exception>
    public static DgnDb Reopen(NativePlatform platform, string path, LiveOpening opening, CommitCapture capture) =>
        Opened(platform, path, opening, capture, native =>
        {
            (long epoch, string owner) = new CommitStore(native).ReadOwnership();
            if (epoch != opening.Epoch)
                throw NotWritable($"The iModel is owned by {owner} under epoch {epoch}");
        });

    private static DgnDb Opened(NativePlatform platform, string path, LiveOpening opening, CommitCapture capture, Action<DgnDb> prepare)
    {
        DgnDb native = DgnDb.Open(platform, path, OpenMode.ReadWrite, new DgnDbOpenOptions { BusyTimeout = TimeSpan.Zero, Handlers = capture.Handlers });
        try
        {
            // SQLite syncs the log at each commit, since "synchronous" is FULL unless somebody changes it.
            native.WriteAheadLog.Enable();
            if (opening.KeepLog)
                native.WriteAheadLog.SetAutoCheckpointThreshold(0);
            prepare(native);
            if (native.Txns.IsGeometricModelTrackingSupported)
                native.Txns.SetGeometricModelTracking(true);
            return native;
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    private static void CheckEditable(DgnDb native)
    {
        if (native.BriefcaseId is >= FirstBriefcase and <= LastBriefcase)
            return;
        if (native.QueryLocalValue(StandaloneEdit) is null or "" or "false")
            throw NotWritable("The iModel is a snapshot. A live iModel is a briefcase, or a standalone file with the local value StandaloneEdit");
    }

    private static LiveRefusedException NotWritable(string message) => new(LiveRefusals.NotWritable, message);
}
