namespace ITwinOrleans.Native.Domain;

/// <summary>What the library says about transactions.</summary>
/// <remarks>The names are those of the methods of iTwin.js's <c>TxnManager</c> that native code calls, without "_on" (and <c>reportError</c>).</remarks>
public enum TxnEvent
{
    /// <summary>The changes are about to be validated, by a save or by applying a changeset.</summary>
    BeginValidate,

    /// <summary>The changes are validated.</summary>
    EndValidate,

    /// <summary>A transaction is about to be saved.</summary>
    Commit,

    /// <summary>A transaction was saved.</summary>
    Committed,

    /// <summary>A changeset, an undo or a redo was applied.</summary>
    ChangesApplied,

    /// <summary>Geometry changed, while geometric model tracking is on: an array of the models' changes.</summary>
    GeometryChanged,

    /// <summary>Geometry GUIDs of models changed.</summary>
    GeometryGuidsChanged,
    BeforeUndoRedo,
    AfterUndoRedo,
    ReplayExternalTxns,
    ReplayedExternalTxns,

    /// <summary>All elements that an element depends on are done.</summary>
    AllInputsHandled,

    /// <summary>Before the elements that depend on an element.</summary>
    BeforeOutputsHandled,

    /// <summary>The source of a dependency changed.</summary>
    RootChanged,

    /// <summary>A dependency was deleted.</summary>
    DeletedDependency,
    ValidateOutput,
    DirectChange,
    OutputDirectlyChanged,
    RebaseLocalTxnConflict,

    /// <summary>Which instances changed is asked for.</summary>
    CaptureInstanceChanges,

    /// <summary>Validation found an error.</summary>
    ReportError,
}
