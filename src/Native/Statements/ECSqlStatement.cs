using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>A prepared ECSQL statement, stepped on the engine thread. Belongs to its database.</summary>
public sealed class ECSqlStatement : NativeDbObject
{
    private readonly StatementParts _values = new();
    private readonly StatementParts _binders = new();

    /// <summary>Prepares a statement.</summary>
    /// <param name="db">An iModel or an ECDb.</param>
    /// <param name="ecsql">The statement.</param>
    /// <param name="logErrors">Whether the library looks for the cause of an error, and logs it. Without it the exception has none.</param>
    /// <exception cref="DbException">It cannot be prepared; the message says why.</exception>
    public ECSqlStatement(NativeDb db, string ecsql, bool logErrors = true)
        : base(db, "ECSqlStatement")
    {
        try
        {
            if (db is not IECSqlDb)
                throw new NativeUsageException("ECSQL needs an iModel or an ECDb");
            NativeStatus.CheckReport(Call("prepare", db, ecsql, logErrors), "Preparing ECSQL");
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
    public int ColumnCount => (int)CallNumber("getColumnCount");

    /// <summary>The SQL that the statement became.</summary>
    public string NativeSql => CallText("getNativeSql");

    /// <summary>The binder of a parameter, by its number (from 1).</summary>
    public ECSqlBinder Binder(int parameter) => MakeBinder(parameter);

    /// <summary>The binder of a parameter, by its name.</summary>
    public ECSqlBinder Binder(string parameter) => MakeBinder(parameter);

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="DbException">The statement failed.</exception>
    public bool Step()
    {
        LeaveRow();
        return HasRow = StepResult.IsRow(CallNumber("step"), () => Db.LastError);
    }

    /// <summary>Runs an insert and gives the new instance's id.</summary>
    public string StepForInsert()
    {
        LeaveRow();
        using NativeObject answer = CallForObject("stepForInsert");
        using NativeResult status = answer.Get("status");
        if (StepResult.IsRow(status.Number, () => Db.LastError))
            throw new NativeUsageException("The statement is no insert");
        using NativeResult id = answer.Get("id");
        return id.GetText();
    }

    /// <summary>Goes back before the first row; what was bound stays.</summary>
    public void Reset()
    {
        LeaveRow();
        NativeStatus.CheckDbResult(CallStatus("reset"), "Resetting a statement", () => Db.LastError);
    }

    /// <summary>Sets all parameters to null. The binders that were given are void.</summary>
    public void ClearBindings()
    {
        _binders.Release();
        NativeStatus.CheckDbResult(CallStatus("clearBindings"), "Clearing bindings", () => Db.LastError);
    }

    /// <summary>The value in a column of the current row; void when the statement moves on.</summary>
    /// <exception cref="NativeUsageException">There is no current row, or no such column.</exception>
    public ECSqlValue GetValue(int column)
    {
        RequireRow();
        StepResult.CheckColumn(column, ColumnCount);
        return _values.Add(new ECSqlValue(CallForObject("getValue", column), _values));
    }

    /// <summary>The current row as JSON, <c>{data: [...]}</c> (ECSqlRowAdaptorOptions).</summary>
    /// <exception cref="NativeUsageException">There is no current row.</exception>
    public NativeResult ToRow(NativeJson options)
    {
        RequireRow();
        return Call("toRow", options);
    }

    /// <summary>The columns, <c>{meta: [...]}</c>.</summary>
    public NativeResult GetMetadata() => Call("getMetadata");

    private protected override void End()
    {
        HasRow = false;
        _values.Release();
        _binders.Release();
        Invoke("dispose");
    }

    private ECSqlBinder MakeBinder(NativeArgument parameter) => _binders.Add(new ECSqlBinder(CallForObject("getBinder", parameter), _binders));

    private void RequireRow()
    {
        if (!HasRow)
            throw new NativeUsageException("The statement is not at a row: step it first, and read while Step gives true");
    }

    private void LeaveRow()
    {
        HasRow = false;
        _values.Release();
    }
}
