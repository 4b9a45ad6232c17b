using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native;
using ITwinOrleans.Native.IModels;

namespace ITwinOrleans.Backend.Live.Versions;

/// <summary>Makes a version of a copy of a live iModel's file; on the engine thread.</summary>
internal static class CheckpointFile
{
    /// <summary>Makes the changeset of the copy's pending transactions, and a snapshot of the copy that has nothing of a live iModel in it.</summary>
    /// <param name="platform">The library.</param>
    /// <param name="copy">The copy.</param>
    /// <param name="index">The changeset's index.</param>
    /// <param name="changesetPath">Where the changeset goes.</param>
    public static ChangesetFile Make(NativePlatform platform, string copy, int index, string changesetPath)
    {
        using DgnDb native = DgnDb.Open(platform, copy, OpenMode.ReadWrite);
        ChangesetFile changeset = ChangesetFile.Start(native);
        File.Copy(changeset.Path, changesetPath, overwrite: true);
        native.Changesets.CompleteCreate(index);
        File.Delete(changeset.Path);

        // What is removed is overwritten, not only unlinked: the file is given away.
        native.ExecuteSql("PRAGMA secure_delete=ON");
        LiveTables.Drop(native);
        native.Txns.DeleteAll();
        native.ResetBriefcaseId(0);
        native.DeleteLocalValue(LiveFile.StandaloneEdit);
        native.Txns.SaveChanges();
        native.WriteAheadLog.Enable(false);
        return changeset;
    }
}
