using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Txns;

/// <summary>Changesets of an iModel.</summary>
public sealed class Changesets : DbPart<DgnDb>
{
    internal Changesets(DgnDb db)
        : base(db)
    {
    }

    /// <summary>The changeset that the file is at: <c>{id, index}</c>.</summary>
    public NativeResult GetCurrent() => Db.Call("getCurrentChangeset");

    /// <summary>Writes the pending transactions to a changeset file and gives its ChangesetFileProps. Then comes <see cref="CompleteCreate"/>.</summary>
    public NativeResult StartCreate() => Db.Call("startCreateChangeset");

    /// <summary>The changeset has its place in the timeline: the pending transactions are part of it now.</summary>
    public void CompleteCreate(int index) => Db.Invoke("completeCreateChangeset", (NativeJson)$"{{\"index\":{index}}}");

    /// <summary>The changeset is not wanted; the transactions stay pending.</summary>
    public void AbandonCreate() => Db.Invoke("abandonCreateChangeset");

    /// <summary>Applies a changeset file (ChangesetFileProps with <c>pathname</c>).</summary>
    public void Apply(NativeJson changeset, bool fastForward = false) => Db.Invoke("applyChangeset", changeset, fastForward);

    /// <summary>Makes the inverse of changesets as changes of this file.</summary>
    public void RevertTimeline(NativeJson changesets, bool skipSchemaChanges) => Db.Invoke("revertTimelineChanges", changesets, skipSchemaChanges);

    /// <summary>The ids of what changeset files changed, by kind (ChangedInstanceIdsProps).</summary>
    public NativeResult ExtractChangedInstanceIds(IEnumerable<string> files)
    {
        using NativeObject answer = Db.CallForObject("extractChangedInstanceIdsFromChangeSets", JsonText.Array(files));
        return NativeStatus.TakeResult(answer, "Extracting changed instances");
    }

    /// <summary>Whether transactions change schemas.</summary>
    public bool HasPendingSchemaChanges => Db.CallBoolean("hasPendingSchemaChanges");

    /// <summary>A hash of the pending transactions.</summary>
    public string GetPendingHash(bool includeReversed) => Db.CallText("getPendingTxnsHash", includeReversed);

    /// <summary>Gives all pending transactions up, with what they did.</summary>
    public void DiscardLocal() => Db.Invoke("discardLocalChanges");
}
