namespace ITwinOrleans.Native.IModels;

/// <summary>
/// SQLite's write-ahead log of a database. The file as it was at the last checkpoint plus the log's bytes are all that was committed.
/// </summary>
public sealed class WriteAheadLog : DbPart<NativeDb>
{
    internal WriteAheadLog(NativeDb db)
        : base(db)
    {
    }

    /// <summary>Writes go to a log beside the file (<c>-wal</c>) until a checkpoint, or directly to the file.</summary>
    public void Enable(bool yes = true) => Db.Invoke("enableWalMode", yes);

    /// <summary>How many pages the log has before SQLite makes a checkpoint by itself; 0: never.</summary>
    public void SetAutoCheckpointThreshold(int pages) => Db.Invoke("setAutoCheckpointThreshold", pages);

    /// <summary>Moves what is in the log to the file. <see cref="WalCheckpointMode.Truncate"/> begins a new log.</summary>
    public void Checkpoint(WalCheckpointMode mode = WalCheckpointMode.Truncate) => Db.Invoke("performCheckpoint", (int)mode);
}
