namespace ITwinOrleans.Worker.IModels;

/// <summary>The work that a worker does with iModels: the operations' names and the errors that both sides know.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><see cref="Open"/></term><description>JSON: <see cref="OpenWork"/>. Answers the iModel's connection props (iTwin.js <c>IModelConnectionProps</c>),
/// of one opened for writing with <c>"live":{"epoch","sequence"}</c>, its state.</description></item>
/// <item><term><see cref="Invoke"/></term><description>JSON: the call's parameters, unread; binary 0: <see cref="InvokeHeader"/>; the others: the call's
/// binaries. Answers the reply's JSON; binary 0: one byte, the <c>RpcStatus</c>; the others: the reply's binaries. A reply with an error has
/// <see cref="ReplyError"/> as its JSON.</description></item>
/// <item><term><see cref="Close"/></term><description>JSON: <see cref="HandleWork"/>. Answers nothing; harmless for a handle that is not open.</description></item>
/// <item><term><see cref="Describe"/></term><description>JSON: <see cref="DescribeWork"/>. Opens the file for a moment and answers its connection props.</description></item>
/// <item><term><see cref="Write"/></term><description>JSON: the transaction, unread; binary 0: <see cref="WriteHeader"/>. Answers a <c>LiveResult</c>, binary 0: the
/// commit's record; or a <c>LiveRefusalAnswer</c> without binaries. A repeated operation has its record while that is kept.</description></item>
/// <item><term><see cref="Undo"/>, <see cref="Redo"/></term><description>JSON: <see cref="UndoWork"/>. Answers as <see cref="Write"/>.</description></item>
/// <item><term><see cref="Stage"/></term><description>As <see cref="Write"/>, with all staged operations of a session; leaves no trace and answers without a record.</description></item>
/// <item><term><see cref="Unstage"/></term><description>JSON: <see cref="SessionWork"/>. Gives up the ids that were reserved for a session's staged inserts. Answers nothing.</description></item>
/// <item><term><see cref="ReadFeed"/></term><description>JSON: <see cref="ReadFeedWork"/>. Answers a <c>LiveFeedHead</c>; one binary for each record, in order.</description></item>
/// <item><term><see cref="History"/></term><description>JSON: <see cref="HistoryWork"/>. Answers an array of <c>LiveCommitHeader</c>, the newest first.</description></item>
/// <item><term><see cref="NameVersion"/></term><description>JSON: <see cref="NameVersionWork"/>. Answers a <c>LiveVersion</c> or a <c>LiveRefusalAnswer</c>.</description></item>
/// <item><term><see cref="Versions"/></term><description>JSON: <see cref="HandleWork"/>. Answers an array of <c>LiveVersion</c>, the oldest first.</description></item>
/// <item><term><see cref="Checkpoint"/></term><description>JSON: <see cref="CheckpointWork"/>. Answers nothing, or a <c>LiveRefusalAnswer</c>.</description></item>
/// </list>
/// </remarks>
public static class IModelWork
{
    /// <summary>Opens an iModel's file under a handle.</summary>
    public const string Open = "iModel.open";

    /// <summary>Runs one RPC operation, on an open iModel or (with an empty handle) on none.</summary>
    public const string Invoke = "iModel.invoke";

    /// <summary>Closes a handle.</summary>
    public const string Close = "iModel.close";

    /// <summary>Says what a file is, without keeping it open.</summary>
    public const string Describe = "iModel.describe";

    /// <summary>Applies a transaction and commits it.</summary>
    public const string Write = "iModel.write";

    /// <summary>Undoes an operation of the user's.</summary>
    public const string Undo = "iModel.undo";

    /// <summary>Redoes what the user undid.</summary>
    public const string Redo = "iModel.redo";

    /// <summary>Tries a transaction out and leaves no trace but the reservation of the ids that it gave.</summary>
    public const string Stage = "iModel.stage";

    /// <summary>Ends a session's reservations.</summary>
    public const string Unstage = "iModel.unstage";

    /// <summary>Reads records of commits.</summary>
    public const string ReadFeed = "iModel.readFeed";

    /// <summary>Reads who did what, without the ids of what changed.</summary>
    public const string History = "iModel.history";

    /// <summary>Names the current state as a version.</summary>
    public const string NameVersion = "iModel.nameVersion";

    /// <summary>Lists the versions.</summary>
    public const string Versions = "iModel.versions";

    /// <summary>Moves SQLite's log into the file and empties it.</summary>
    public const string Checkpoint = "iModel.checkpoint";

    /// <summary>The error of an operation whose handle is not open in this worker (any more): nothing ran, open it again and repeat.</summary>
    public const string NotOpenError = "IModelNotOpen";

    /// <summary>The error of work that this handler does not know, or whose parameters it cannot read.</summary>
    public const string BadWorkError = "BadWork";
}
