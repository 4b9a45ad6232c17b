using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live.Commits;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>
/// Which operations of a user can be undone and redone. An edit and the undos and redos of it are a chain, which alternates between done and
/// undone; so the number of its commits says which it is. On the engine thread.
/// </summary>
internal sealed class UndoHistory(LiveConnection connection, ConflictCheck conflicts, BackendOptions options)
{
    private const string Chain = "(SELECT COUNT(*) FROM itwinlive_Commit i WHERE i.Root=c.Root)", Last = "(SELECT MAX(i.Sequence) FROM itwinlive_Commit i WHERE i.Root=c.Root)";
    private const string Select = $"SELECT c.Root,c.OperationId,c.Header,{Last} FROM itwinlive_Commit c WHERE c.Root=c.Sequence AND c.UserId=?1 ";

    private const string NewestDone = $"{Select} AND {Chain}%2=1 ORDER BY c.Sequence DESC LIMIT 1";

    // What was undone after the user's last edit; what was undone last is redone first.
    private const string LastUndone =
        $"{Select} AND {Chain}%2=0 AND {Last}>(SELECT MAX(e.Sequence) FROM itwinlive_Commit e WHERE e.UserId=?1 AND e.Root=e.Sequence) ORDER BY {Last} DESC LIMIT 1";

    private const string ChangedSince = "SELECT MAX(Sequence) FROM itwinlive_Commit WHERE Sequence>?1 GROUP BY Root HAVING COUNT(*)%2=1";

    /// <summary>Finds what to undo or redo.</summary>
    /// <param name="kind">Undo or redo.</param>
    /// <param name="user">Whose operations.</param>
    /// <param name="operationId">The operation that is meant; null for the newest.</param>
    /// <exception cref="LiveRefusedException">There is none.</exception>
    public UndoTarget Find(LiveCommitKind kind, string user, string? operationId)
    {
        string sql = kind == LiveCommitKind.Undo ? NewestDone : LastUndone;
        UndoTarget? target = operationId is null
            ? connection.Store.One(sql, statement => statement.BindString(1, user), Read)
            : connection.Store.One(
                sql.Replace("ORDER BY", "AND c.Root=(SELECT Root FROM itwinlive_Commit WHERE OperationId=?2) ORDER BY", StringComparison.Ordinal),
                statement =>
                {
                    statement.BindString(1, user);
                    statement.BindString(2, operationId);
                },
                Read);
        return target ?? throw Nothing(kind, operationId);
    }

    /// <summary>The rows that a commit changed; none of one that changed nothing.</summary>
    /// <exception cref="LiveRefusedException">They are not kept any more.</exception>
    public IReadOnlyList<RowChange> ReadChanges(LiveCommitKind kind, UndoTarget target)
    {
        long txn = connection.Store.One("SELECT IFNULL(Txn,0) FROM itwinlive_Commit WHERE Sequence=?", Bind, static row => row.GetInteger(0));
        byte[]? packed = connection.Store.One("SELECT Change FROM itwinlive_Undo WHERE Sequence=?", Bind, Blob)
            ?? connection.Store.One("SELECT t.Change FROM dgn_Txns t JOIN itwinlive_Commit c ON c.Txn=t.Id WHERE c.Sequence=?", Bind, Blob);
        if (packed is null)
            return txn == 0 ? [] : throw Nothing(kind, target.OperationId);
        return ChangesetParser.Parse(TxnChanges.Unpack(packed));

        void Bind(SqliteStatement statement) => statement.BindInteger(1, target.Last);
    }

    /// <summary>The entities that a commit changed.</summary>
    /// <exception cref="LiveRefusedException">A later commit, that was not undone itself, changed them too.</exception>
    public async Task<HashSet<ulong>> CheckAsync(UndoTarget target, CancellationToken closed)
    {
        HashSet<ulong> touched = [.. CommitRecord.ReadTouched(connection.Store.FindRecord(target.Last)!).Select(Id64.ToNumber)];
        if (!conflicts.MayBeChanged(touched, target.Last))
            return touched;
        var found = new Dictionary<string, LiveConflict>(StringComparer.Ordinal);
        var slices = new EngineSlices(options.EngineSlice, closed);
        foreach (long sequence in ReadChangedSince(target.Last))
        {
            byte[] record = connection.Store.FindRecord(sequence)!;
            foreach (string id in CommitRecord.ReadTouched(record).Where(id => touched.Contains(Id64.ToNumber(id))))
                found[id] = new LiveConflict(id, sequence, CommitRecord.ReadAuthor(record).User);
            await slices.NextAsync();
        }

        return found.Count == 0 ? touched : throw new LiveRefusedException(new LiveRefusal(
            LiveRefusals.Conflict, "Later changes, which were not undone, are of the same entities", Conflicts: [.. found.Values.Take(ConflictCheck.MaxConflicts)]));
    }

    private static UndoTarget Read(SqliteStatement row) => new(
        row.GetInteger(0), row.GetString(1)!, JsonSerializer.Deserialize(row.GetString(2)!, LiveJson.Default.LiveCommitHeader)!.Description, row.GetInteger(3));

    private static byte[] Blob(SqliteStatement row)
    {
        using NativeResult blob = row.GetBlob(0);
        return blob.Utf8.ToArray();
    }

    private static LiveRefusedException Nothing(LiveCommitKind kind, string? operationId) => new(
        kind == LiveCommitKind.Undo ? LiveRefusals.NothingToUndo : LiveRefusals.NothingToRedo,
        operationId is null
            ? "You have no operation that can be undone or redone"
            : "This operation is not yours, is undone or redone already, is followed by a new edit, or is too old");

    private List<long> ReadChangedSince(long sequence)
    {
        var sequences = new List<long>();
        using var statement = new SqliteStatement(connection.Native, ChangedSince);
        statement.BindInteger(1, sequence);
        while (statement.Step())
            sequences.Add(statement.GetInteger(0));
        return sequences;
    }
}
