using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Txns;

/// <summary>The transactions of an iModel: saved changes that are not in a changeset yet, and undo. One linear stack for all users of the file.</summary>
public sealed class TxnManager : DbPart<DgnDb>
{
    internal TxnManager(DgnDb db)
        : base(db)
    {
    }

    /// <summary>Whether there are changes that are not saved.</summary>
    public bool HasUnsavedChanges => Db.CallBoolean("hasUnsavedChanges");

    /// <summary>Whether there are saved changes that are not in a changeset.</summary>
    public bool HasPendingTxns => Db.CallBoolean("hasPendingTxns");

    /// <summary>Whether an error in the current transaction forbids to save it.</summary>
    public bool HasFatalError => Db.CallBoolean("hasFatalTxnError");

    /// <summary>Whether there is something to undo. The stack does not survive closing the file.</summary>
    public bool IsUndoPossible => Db.CallBoolean("isUndoPossible");

    /// <summary>Whether there is something to redo.</summary>
    public bool IsRedoPossible => Db.CallBoolean("isRedoPossible");

    /// <summary>The description of what undo would reverse.</summary>
    public string UndoString => Db.CallText("getUndoString");

    /// <summary>The description of what redo would reinstate.</summary>
    public string RedoString => Db.CallText("getRedoString");

    /// <summary>The id that the next saved transaction gets.</summary>
    public string CurrentTxnId => Db.CallText("getCurrentTxnId");

    /// <summary>The number of the txn session; opening the file begins one.</summary>
    public int CurrentSessionId => (int)Db.CallNumber("currentTxnSessionId");

    /// <summary>How deep multi-txn operations are nested.</summary>
    public int MultiTxnOperationDepth => (int)Db.CallNumber("getMultiTxnOperationDepth");

    /// <summary>Saves the changes as a transaction.</summary>
    /// <param name="description">Its description, or the JSON text of SaveChangesArgs.</param>
    /// <exception cref="NativeException">The changes do not agree with the rules or the file cannot be written. They stay unsaved.</exception>
    public void SaveChanges(string? description = null) =>
        NativeStatus.CheckDbResult(Db.CallStatus("saveChanges", description), "Saving changes", () => Db.LastError);

    /// <summary>Gives the unsaved changes up.</summary>
    public void AbandonChanges() => NativeStatus.CheckDbResult(Db.CallStatus("abandonChanges"), "Abandoning changes");

    /// <summary>Reverses the last transactions.</summary>
    /// <exception cref="IModelException">There are not so many (<see cref="IModelStatus.NothingToUndo"/>).</exception>
    public void Reverse(int count) => NativeStatus.CheckIModelStatus(Db.CallStatus("reverseTxns", count), "Reversing transactions");

    /// <summary>Reverses all transactions of the session.</summary>
    public void ReverseAll() => NativeStatus.CheckIModelStatus(Db.CallStatus("reverseAll"), "Reversing all transactions");

    /// <summary>Reverses all transactions back to one.</summary>
    public void ReverseTo(string txnId) => NativeStatus.CheckIModelStatus(Db.CallStatus("reverseTo", txnId), $"Reversing to {txnId}");

    /// <summary>Reverses all transactions back to one and forgets them.</summary>
    public void CancelTo(string txnId) => NativeStatus.CheckIModelStatus(Db.CallStatus("cancelTo", txnId), $"Cancelling to {txnId}");

    /// <summary>Reinstates what was reversed last.</summary>
    /// <exception cref="IModelException">There is nothing (<see cref="IModelStatus.NothingToRedo"/>).</exception>
    public void Reinstate() => NativeStatus.CheckIModelStatus(Db.CallStatus("reinstateTxn"), "Reinstating a transaction");

    /// <summary>Groups transactions for undo, until <see cref="EndMultiTxnOperation"/>.</summary>
    public void BeginMultiTxnOperation() => NativeStatus.CheckDbResult(Db.CallStatus("beginMultiTxnOperation"), "Beginning a multi-txn operation");

    /// <summary>Ends what <see cref="BeginMultiTxnOperation"/> began.</summary>
    public void EndMultiTxnOperation() => NativeStatus.CheckDbResult(Db.CallStatus("endMultiTxnOperation"), "Ending a multi-txn operation");

    /// <summary>Forgets the undo stack and begins a new session.</summary>
    public void RestartSession() => Db.Invoke("restartTxnSession");

    /// <summary>Deletes all transactions that are not in a changeset, keeping what they did.</summary>
    public void DeleteAll() => Db.Invoke("deleteAllTxns");

    /// <summary>The first transaction that is not in a changeset.</summary>
    public string QueryFirst() => Db.CallText("queryFirstTxnId");

    /// <summary>The transaction after another.</summary>
    public string QueryNext(string txnId) => Db.CallText("queryNextTxnId", txnId);

    /// <summary>The transaction before another.</summary>
    public string QueryPrevious(string txnId) => Db.CallText("queryPreviousTxnId", txnId);

    /// <summary>Whether there is such a transaction.</summary>
    public bool IsIdValid(string txnId) => Db.CallBoolean("isTxnIdValid", txnId);

    /// <summary>A transaction's description.</summary>
    public string GetDescription(string txnId) => Db.CallText("getTxnDescription", txnId);

    /// <summary>A transaction's TxnProps; undefined if there is none.</summary>
    public NativeResult GetProps(string txnId) => Db.Call("getTxnProps", txnId);

    /// <summary>What was changed since the last changeset: <c>[{id, classFullName, changeType}]</c>.</summary>
    public NativeResult GetLocalChanges(IEnumerable<string> rootClasses, bool includeUnsaved) =>
        Db.Call("getLocalChanges", JsonText.Array(rootClasses), includeUnsaved);

    /// <summary>Says that the current transaction has an error; a fatal one forbids to save it.</summary>
    public void LogError(bool fatal) => Db.Invoke("logTxnError", fatal);

    /// <summary>Whether the schemas of the file allow to follow changes of geometry.</summary>
    public bool IsGeometricModelTrackingSupported => Db.CallBoolean("isGeometricModelTrackingSupported");

    /// <summary>Switches following of geometry changes (an editing scope) on or off, and gives whether it is on.</summary>
    public bool SetGeometricModelTracking(bool enabled)
    {
        using NativeObject answer = Db.CallForObject("setGeometricModelTrackingEnabled", enabled);
        using NativeResult result = NativeStatus.TakeResult(answer, "Switching geometric model tracking");
        return result.Boolean;
    }
}
