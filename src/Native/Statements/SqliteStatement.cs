using System.Globalization;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>A prepared SQL statement on any database, stepped on the engine thread. Belongs to its database.</summary>
/// <remarks>Parameters are named by number (from 1) or by name with its prefix (<c>:id</c>).</remarks>
public sealed class SqliteStatement : NativeDbObject
{
    private bool _failed;

    /// <summary>Prepares a statement.</summary>
    /// <exception cref="DbException">It cannot be prepared; the message says why.</exception>
    public SqliteStatement(NativeDb db, string sql, bool logErrors = false)
        : base(db, "SqliteStatement")
    {
        try
        {
            Invoke("prepare", db, sql, logErrors);
            ColumnCount = (int)CallNumber("getColumnCount");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the last <see cref="Step"/> came to a row.</summary>
    public bool HasRow { get; private set; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Whether the statement changes nothing.</summary>
    public bool IsReadonly => CallBoolean("isReadonly");

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="DbException">The statement failed.</exception>
    public bool Step()
    {
        HasRow = false;
        _failed = true;
        HasRow = StepResult.IsRow(CallNumber("step"), () => Db.LastError);
        _failed = false;
        return HasRow;
    }

    /// <summary>Goes back before the first row; what was bound stays.</summary>
    public void Reset()
    {
        HasRow = false;
        double status = CallStatus("reset");

        // After a step that failed SQLite repeats its error here; it is not another one.
        if (!_failed)
            NativeStatus.CheckDbResult(status, "Resetting a statement", () => Db.LastError);
        _failed = false;
    }

    /// <summary>Sets all parameters to null.</summary>
    public void ClearBindings() => NativeStatus.CheckDbResult(CallStatus("clearBindings"), "Clearing bindings", () => Db.LastError);

    /// <summary>Binds null.</summary>
    public void BindNull(SqliteParameter parameter) => Bind("bindNull", parameter);

    /// <summary>Binds an integer, exactly.</summary>
    public void BindInteger(SqliteParameter parameter, long value) => Bind("bindInteger", parameter, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Binds a number.</summary>
    public void BindDouble(SqliteParameter parameter, double value) => Bind("bindDouble", parameter, value);

    /// <summary>Binds text.</summary>
    public void BindString(SqliteParameter parameter, string value) => Bind("bindString", parameter, value);

    /// <summary>Binds an id, hexadecimal as <c>0x1c</c>, as an integer.</summary>
    public void BindId(SqliteParameter parameter, string id) => Bind("bindId", parameter, id);

    /// <summary>Binds a GUID as bytes.</summary>
    public void BindGuid(SqliteParameter parameter, string guid) => Bind("bindGuid", parameter, guid);

    /// <summary>Binds bytes.</summary>
    public void BindBlob(SqliteParameter parameter, ReadOnlyMemory<byte> bytes) => Bind("bindBlob", parameter, NativeArgument.Binary(bytes));

    /// <summary>A column's name.</summary>
    public string GetColumnName(int column)
    {
        StepResult.CheckColumn(column, ColumnCount);
        return CallText("getColumnName", column);
    }

    /// <summary>The kind of value in the current row (iTwin.js: <c>SqliteValueType</c>).</summary>
    public int GetColumnType(int column) => (int)CallNumber("getColumnType", InRow(column));

    /// <summary>Whether there is no value.</summary>
    public bool IsNull(int column) => CallBoolean("isValueNull", InRow(column));

    /// <summary>The value as text; null for null.</summary>
    public string? GetString(int column) => IsNull(column) ? null : CallText("getValueString", column);

    /// <summary>The value as a number.</summary>
    public double GetDouble(int column) => CallNumber("getValueDouble", InRow(column));

    /// <summary>The value as an integer; native code gives it as a number, exact up to 2^53.</summary>
    public long GetInteger(int column) => (long)CallNumber("getValueInteger", InRow(column));

    /// <summary>The value as an id; null if it is none.</summary>
    public string? GetId(int column)
    {
        using NativeResult id = Call("getValueId", InRow(column));
        return id.HasValue ? id.GetText() : null;
    }

    /// <summary>The value as a GUID.</summary>
    public string GetGuid(int column) => CallText("getValueGuid", InRow(column));

    /// <summary>The bytes; empty for null.</summary>
    public NativeResult GetBlob(int column) => IsNull(column) ? NativeResult.EmptyBinary : Call("getValueBlob", column);

    private protected override void End()
    {
        HasRow = false;
        Invoke("dispose");
    }

    private void Bind(string method, params ReadOnlySpan<NativeArgument> arguments) =>
        NativeStatus.CheckDbResult(CallStatus(method, arguments), $"SQL {method}", () => Db.LastError);

    private int InRow(int column)
    {
        if (!HasRow)
            throw new NativeUsageException("The statement is not at a row: step it first, and read while Step gives true");
        StepResult.CheckColumn(column, ColumnCount);
        return column;
    }
}
