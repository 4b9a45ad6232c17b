using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Live;

/// <summary>Tells errors of the disk from those of a transaction.</summary>
internal static class StorageErrors
{
    private static readonly DbResult[] Failures =
    [
        DbResult.BE_SQLITE_IOERR, DbResult.BE_SQLITE_READONLY, DbResult.BE_SQLITE_CANTOPEN, DbResult.BE_SQLITE_NOMEM,
        DbResult.BE_SQLITE_CORRUPT, DbResult.BE_SQLITE_BUSY, DbResult.BE_SQLITE_LOCKED,
    ];

    /// <summary>The refusal for an error of the disk; null for another error.</summary>
    /// <param name="exception">What native code threw.</param>
    /// <param name="lastError">SQLite's last message, which says more than the native status does; empty if it is not known.</param>
    public static LiveRefusal? Find(NativeException exception, string lastError)
    {
        if (Is(DbResult.BE_SQLITE_FULL))
            return new LiveRefusal(LiveRefusals.StorageFull, "The disk is full. Nothing was changed; make room and repeat.", exception.ErrorNumber);
        return Array.Exists(Failures, Is)
            ? new LiveRefusal(LiveRefusals.StorageFailed, "The iModel's file could not be written. Nothing was changed.", exception.ErrorNumber)
            : null;

        bool Is(DbResult result) => exception is DbException db && db.PrimaryResult == result
            || (CanBeOfTheDisk(exception) && (exception.Message.Contains($"{result}", StringComparison.Ordinal) || lastError.Contains($"({result}", StringComparison.Ordinal)));
    }

    // The library turns errors of SQLite into these, whatever they were.
    private static bool CanBeOfTheDisk(NativeException exception) =>
        exception is DbException || exception is IModelException { Status: IModelStatus.WriteError or IModelStatus.SQLiteError or IModelStatus.ReadError };
}
