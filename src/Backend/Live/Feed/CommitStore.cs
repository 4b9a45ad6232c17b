using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Live.Feed;

/// <summary>The commits in a live iModel's file. Belongs to one opening of it; used on the engine thread. Commits nothing by itself.</summary>
internal sealed class CommitStore(DgnDb native)
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The epoch of the last opening for writing, and its owner.</summary>
    public (long Epoch, string Owner) ReadOwnership() =>
        One("SELECT Epoch,Owner FROM itwinlive_State", static _ => { }, static row => (row.GetInteger(0), row.GetString(1)!));

    /// <summary>The newest state.</summary>
    public LiveState ReadHead() =>
        One("SELECT SequenceEpoch,Sequence FROM itwinlive_State", static _ => { }, static row => new LiveState(row.GetInteger(0), row.GetInteger(1)));

    /// <summary>Takes the file under an epoch.</summary>
    public void TakeOwnership(long epoch, string owner) => Run("UPDATE itwinlive_State SET Epoch=?, Owner=?", statement =>
    {
        statement.BindInteger(1, epoch);
        statement.BindString(2, owner);
    });

    /// <summary>Adds a commit without its record, and makes it the newest state.</summary>
    /// <exception cref="LiveRefusedException">The file is owned under another epoch, or has other commits than are known here.</exception>
    public void Add(StoredCommit commit, byte[] emptyRecord)
    {
        LiveCommitHeader header = commit.Header;
        Run("UPDATE itwinlive_State SET Sequence=?1, SequenceEpoch=?2 WHERE Epoch=?2 AND Sequence=?1-1", statement =>
        {
            statement.BindInteger(1, header.Sequence);
            statement.BindInteger(2, header.Epoch);
        });
        if (One("SELECT changes()", static _ => { }, static row => row.GetInteger(0)) != 1)
            throw new LiveRefusedException(LiveRefusals.NotWritable, "Somebody else owns the iModel's file now");
        Run("INSERT INTO itwinlive_Commit(Sequence,Epoch,Time,OperationId,Hash,Session,UserId,Root,Header,Result,Record) VALUES(?,?,?,?,?,?,?,?,?,?,?)", statement =>
        {
            statement.BindInteger(1, header.Sequence);
            statement.BindInteger(2, header.Epoch);
            statement.BindInteger(3, header.Time.ToUnixTimeMilliseconds());
            statement.BindString(4, header.OperationId);
            statement.BindBlob(5, commit.Hash);
            statement.BindString(6, header.Session);
            statement.BindString(7, header.User.Id);
            statement.BindInteger(8, commit.Root);
            statement.BindString(9, JsonSerializer.Serialize(header, LiveJson.Default.LiveCommitHeader));
            statement.BindString(10, commit.Result);
            statement.BindBlob(11, emptyRecord);
        });
    }

    /// <summary>Sets a commit's record and header, and which of the library's transactions it is: the newest.</summary>
    public void Complete(LiveCommitHeader header, byte[] record) =>
        Run("UPDATE itwinlive_Commit SET Header=?, Record=?, Txn=(SELECT MAX(Id) FROM dgn_Txns) WHERE Sequence=?", statement =>
        {
            statement.BindString(1, JsonSerializer.Serialize(header, LiveJson.Default.LiveCommitHeader));
            statement.BindBlob(2, record);
            statement.BindInteger(3, header.Sequence);
        });

    /// <summary>Forgets old commits, the newest excepted, at most so many.</summary>
    public void Forget(long keepFrom, DateTimeOffset keepSince, int most)
    {
        Run(
            "DELETE FROM itwinlive_Commit WHERE rowid IN (SELECT rowid FROM itwinlive_Commit WHERE (Sequence<?1 OR Time<?2) AND Sequence<(SELECT Sequence FROM itwinlive_State) ORDER BY Sequence LIMIT ?3)",
            statement =>
            {
                statement.BindInteger(1, keepFrom);
                statement.BindInteger(2, keepSince.ToUnixTimeMilliseconds());
                statement.BindInteger(3, most);
            });
        Run("DELETE FROM itwinlive_Undo WHERE Sequence<(SELECT MIN(Sequence) FROM itwinlive_Commit)", static _ => { });
    }

    /// <summary>The commit of an operation; null if there is none (any more).</summary>
    public (byte[] Hash, LiveResult Result, byte[] Record)? FindOperation(string operationId) => One<(byte[], LiveResult, byte[])?>(
        "SELECT Hash,Result,Record FROM itwinlive_Commit WHERE OperationId=?",
        statement => statement.BindString(1, operationId),
        static row => (Blob(row, 0), JsonSerializer.Deserialize(row.GetString(1)!, LiveJson.Default.LiveResult)!, Blob(row, 2)));

    /// <summary>The epoch of a commit; null if it is not kept.</summary>
    public long? FindEpoch(long sequence) => One<long?>(
        "SELECT Epoch FROM itwinlive_Commit WHERE Sequence=?", statement => statement.BindInteger(1, sequence), static row => row.GetInteger(0));

    /// <summary>The oldest commit's sequence; 0 if there is none.</summary>
    public long FindOldest() => One("SELECT IFNULL(MIN(Sequence),0) FROM itwinlive_Commit", static _ => { }, static row => row.GetInteger(0));

    /// <summary>The record after a sequence; null if there is none.</summary>
    public byte[]? FindRecord(long sequence) => One(
        "SELECT Record FROM itwinlive_Commit WHERE Sequence=?", statement => statement.BindInteger(1, sequence), static row => Blob(row, 0));

    /// <summary>Headers, the newest first, as the items of a JSON array.</summary>
    public List<string> ReadHeaders(long before, string? user, int count)
    {
        SqliteStatement statement = Prepared(user is null
            ? "SELECT Header FROM itwinlive_Commit WHERE Sequence<?1 ORDER BY Sequence DESC LIMIT ?2"
            : "SELECT Header FROM itwinlive_Commit WHERE Sequence<?1 AND UserId=?3 ORDER BY Sequence DESC LIMIT ?2");
        var headers = new List<string>();
        try
        {
            statement.BindInteger(1, before);
            statement.BindInteger(2, count);
            if (user is not null)
                statement.BindString(3, user);
            while (statement.Step())
                headers.Add(statement.GetString(0)!);
        }
        finally
        {
            statement.Reset();
        }

        return headers;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run(string sql, Action<SqliteStatement> bind)
    {
        SqliteStatement statement = Prepared(sql);
        try
        {
            bind(statement);
            statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The first row of a query; the default if there is none.</summary>
    public T? One<T>(string sql, Action<SqliteStatement> bind, Func<SqliteStatement, T> read)
    {
        SqliteStatement statement = Prepared(sql);
        try
        {
            bind(statement);
            return statement.Step() ? read(statement) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static byte[] Blob(SqliteStatement row, int column)
    {
        using NativeResult blob = row.GetBlob(column);
        return blob.Utf8.ToArray();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
            _statements.Add(sql, statement = new SqliteStatement(native, sql));
        return statement;
    }
}
