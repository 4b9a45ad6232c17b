namespace ITwinOrleans.Native.IModels;

/// <summary>How a checkpoint is made (SQLite: <c>sqlite3_wal_checkpoint_v2</c>).</summary>
public enum WalCheckpointMode
{
    /// <summary>As much as possible without waiting.</summary>
    Passive = 0,

    /// <summary>Waits for writers.</summary>
    Full = 1,

    /// <summary>Waits for readers too, so that the log starts from its beginning.</summary>
    Restart = 2,

    /// <summary>As restart, and the log becomes empty.</summary>
    Truncate = 3,
}
