using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>
/// The tables of a live iModel's own in its file. None has a PRIMARY KEY: SQLite's session extension, which makes changesets, leaves such tables out
/// (sqlite.org/session/sqlite3session_attach.html), so they never reach a changeset.
/// </summary>
internal static class LiveTables
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "itwinlive_";

    private static readonly string[] Definitions =
    [
        "CREATE TABLE IF NOT EXISTS itwinlive_State(Epoch INTEGER NOT NULL, Owner TEXT NOT NULL, Sequence INTEGER NOT NULL, SequenceEpoch INTEGER NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS itwinlive_Commit(Sequence INTEGER NOT NULL, Epoch INTEGER NOT NULL, Time INTEGER NOT NULL, OperationId TEXT NOT NULL,
        Hash BLOB NOT NULL, Session TEXT NOT NULL, UserId TEXT NOT NULL, Root INTEGER NOT NULL, Txn INTEGER, Header TEXT NOT NULL, Result TEXT NOT NULL, Record BLOB NOT NULL)
        """,
        "CREATE TABLE IF NOT EXISTS itwinlive_Undo(Sequence INTEGER NOT NULL, Change BLOB NOT NULL)",
        "CREATE UNIQUE INDEX IF NOT EXISTS itwinlive_Commit_Sequence ON itwinlive_Commit(Sequence)",
        "CREATE UNIQUE INDEX IF NOT EXISTS itwinlive_Commit_OperationId ON itwinlive_Commit(OperationId)",
        "CREATE INDEX IF NOT EXISTS itwinlive_Commit_UserId ON itwinlive_Commit(UserId, Sequence)",
        "CREATE INDEX IF NOT EXISTS itwinlive_Commit_Root ON itwinlive_Commit(Root, Sequence)",
        "CREATE UNIQUE INDEX IF NOT EXISTS itwinlive_Undo_Sequence ON itwinlive_Undo(Sequence)",
        "INSERT INTO itwinlive_State SELECT 0,'',0,0 WHERE NOT EXISTS(SELECT 1 FROM itwinlive_State)",
    ];

    /// <summary>Makes those that are missing; not committed.</summary>
    public static void Create(DgnDb native)
    {
        foreach (string definition in Definitions)
            native.ExecuteSql(definition);
    }

    /// <summary>The epoch of the file's last opening for writing; 0 of a file that never was.</summary>
    public static long ReadEpoch(DgnDb native)
    {
        using var exists = new SqliteStatement(native, "SELECT 1 FROM sqlite_master WHERE name='itwinlive_State'");
        if (!exists.Step())
            return 0;
        using var epoch = new SqliteStatement(native, "SELECT Epoch FROM itwinlive_State");
        return epoch.Step() ? epoch.GetInteger(0) : 0;
    }

    /// <summary>Removes all of them; not committed.</summary>
    public static void Drop(DgnDb native)
    {
        foreach (string table in (string[])["State", "Commit", "Undo"])
            native.ExecuteSql($"DROP TABLE IF EXISTS {Prefix}{table}");
    }
}
