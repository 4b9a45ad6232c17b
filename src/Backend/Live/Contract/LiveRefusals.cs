namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>The names of refusals.</summary>
public static class LiveRefusals
{
    /// <summary>The transaction is not well-formed, or names what it did not insert.</summary>
    public const string InvalidTransaction = nameof(InvalidTransaction);

    /// <summary>The operation id was committed with other content.</summary>
    public const string OperationIdReused = nameof(OperationIdReused);

    /// <summary>A later commit of somebody else touched the same entities.</summary>
    public const string Conflict = nameof(Conflict);

    /// <summary>Another session holds a lock.</summary>
    public const string Locked = nameof(Locked);

    /// <summary>The user has no operation left to undo, or the one named cannot be undone.</summary>
    public const string NothingToUndo = nameof(NothingToUndo);

    /// <summary>The user has nothing left to redo.</summary>
    public const string NothingToRedo = nameof(NothingToRedo);

    /// <summary>The iModel is not open for writing, or not under this epoch.</summary>
    public const string NotWritable = nameof(NotWritable);

    /// <summary>A limit is exceeded; the message says which.</summary>
    public const string TooLarge = nameof(TooLarge);

    /// <summary>The disk is full.</summary>
    public const string StorageFull = nameof(StorageFull);

    /// <summary>The file could not be written.</summary>
    public const string StorageFailed = nameof(StorageFailed);

    /// <summary>Too much is waiting; repeat later.</summary>
    public const string Busy = nameof(Busy);

    /// <summary>The iModel's owner moved; repeat.</summary>
    public const string Moved = nameof(Moved);

    /// <summary>The native library refused; its status is in the error number.</summary>
    public const string Refused = nameof(Refused);

    /// <summary>The operation may have been applied or not; repeat it under its id to learn it.</summary>
    public const string OutcomeUnknown = nameof(OutcomeUnknown);
}
