using ITwinOrleans.Backend.Live.Feed;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>The changes of commits whose transactions the library is going to delete: undo goes on after a version is named. On the engine thread.</summary>
internal static class KeptChanges
{
    /// <summary>Copies the changes of all commits from the library's transactions; not committed.</summary>
    public static void Keep(CommitStore store)
    {
        store.Run("INSERT OR IGNORE INTO itwinlive_Undo SELECT c.Sequence,t.Change FROM itwinlive_Commit c JOIN dgn_Txns t ON t.Id=c.Txn", static _ => { });

        // The library gives the numbers of deleted transactions out again.
        store.Run("UPDATE itwinlive_Commit SET Txn=-1 WHERE Txn>0", static _ => { });
    }
}
