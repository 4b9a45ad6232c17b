namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>What the owner of a live iModel is asked to do (docs/live.md, the hub's methods).</summary>
public enum LiveOperation : byte
{
    /// <summary>A session begins. JSON: <see cref="OpenRequest"/>. Answers <see cref="OpenAnswer"/>, followed by <c>people</c>.</summary>
    Open,

    /// <summary>The session ends, with its locks. Answers <c>{}</c>.</summary>
    Close,

    /// <summary>JSON: the transaction. Answers its result.</summary>
    Transact,

    /// <summary>JSON: <see cref="UndoRequest"/>. Answers its result.</summary>
    Undo,

    /// <summary>JSON: <see cref="UndoRequest"/>. Answers its result.</summary>
    Redo,

    /// <summary>JSON: <see cref="HistoryRequest"/>. Answers an array of records without id lists, newest first.</summary>
    History,

    /// <summary>JSON: an array of element ids. Answers <c>{}</c>.</summary>
    Lock,

    /// <summary>JSON: an array of element ids. Answers <c>{}</c>.</summary>
    Unlock,

    /// <summary>JSON: any of <c>selection</c>, <c>camera</c>, <c>cursor</c>. Answers <c>{}</c>.</summary>
    SetPresence,

    /// <summary>JSON: all staged operations of the session as a transaction. Answers the result of a trial.</summary>
    Stage,

    /// <summary>The session has nothing staged any more. Answers <c>{}</c>.</summary>
    Unstage,

    /// <summary>JSON: <see cref="NameVersionRequest"/>. Answers the version.</summary>
    NameVersion,

    /// <summary>Answers the array of versions, oldest first.</summary>
    Versions,
}
