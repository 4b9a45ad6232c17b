using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Txns;

/// <summary>Reads a changeset, the local changes or one transaction row by row. Belongs to its iModel.</summary>
public sealed class ChangesetReader : NativeDbObject
{
    private bool _hasRow;

    private ChangesetReader(NativeDb db)
        : base(db, "ChangesetReader")
    {
    }

    /// <summary>The table of the current row.</summary>
    public string TableName => InRow().CallText("getTableName");

    /// <summary>What happened to the row.</summary>
    public ChangeOpcode Opcode => (ChangeOpcode)(int)InRow().CallNumber("getOpCode");

    /// <summary>Whether the change followed from another one.</summary>
    public bool IsIndirect => InRow().CallBoolean("isIndirectChange");

    /// <summary>The number of columns of the current row.</summary>
    public int ColumnCount => (int)InRow().CallNumber("getColumnCount");

    /// <summary>The changes of the database's definition (SQL separated by semicolons); null if there are none.</summary>
    public string? DdlChanges
    {
        get
        {
            using NativeResult ddl = Call("getDdlChanges");
            return ddl.HasValue ? ddl.GetText() : null;
        }
    }

    /// <summary>Opens a changeset file.</summary>
    /// <param name="db">The iModel that the reader belongs to.</param>
    /// <param name="path">The file.</param>
    /// <param name="invert">Whether it is read as its inverse.</param>
    public static ChangesetReader OpenFile(NativeDb db, string path, bool invert = false)
    {
        FilePaths.Check(path);
        return Open(db, reader => reader.Invoke("openFile", path, invert));
    }

    /// <summary>Opens changeset files as one.</summary>
    public static ChangesetReader OpenGroup(NativeDb db, IEnumerable<string> paths, bool invert = false) =>
        Open(db, reader => reader.Invoke("openGroup", JsonText.Array(paths), db, invert));

    /// <summary>Opens the changes that are not in a changeset yet.</summary>
    public static ChangesetReader OpenLocalChanges(DgnDb db, bool includeUnsaved, bool invert = false) =>
        Open(db, reader => reader.Invoke("openLocalChanges", db, includeUnsaved, invert));

    /// <summary>Opens the changes that are not saved yet.</summary>
    public static ChangesetReader OpenUnsavedChanges(DgnDb db, bool invert = false) =>
        Open(db, reader => reader.Invoke("openInMemoryChanges", db, invert));

    /// <summary>Opens one saved transaction.</summary>
    public static ChangesetReader OpenTxn(DgnDb db, string txnId, bool invert = false) =>
        Open(db, reader => reader.Invoke("openTxn", db, txnId, invert));

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step() => _hasRow = CallBoolean("step");

    /// <summary>Goes back before the first row.</summary>
    public void Reset()
    {
        _hasRow = false;
        Invoke("reset");
    }

    /// <summary>The values of the current row: an array; bytes as <c>{"$binary":i}</c>. Undefined if the row has none at this stage.</summary>
    public NativeResult GetRow(ChangeStage stage) => InRow().Call("getRow", (int)stage);

    /// <summary>The value of a column; undefined if it did not change.</summary>
    public NativeResult GetValue(int column, ChangeStage stage)
    {
        int count = ColumnCount;
        if ((uint)column >= (uint)count)
            throw new NativeUsageException($"There is no column {column}: the row has {count}");
        return Call("getColumnValue", column, (int)stage);
    }

    /// <summary>The values of the primary key.</summary>
    public NativeResult GetPrimaryKeys() => InRow().Call("getPrimaryKeys");

    private protected override void End()
    {
        _hasRow = false;
        Invoke("close");
    }

    private static ChangesetReader Open(NativeDb db, Action<ChangesetReader> open)
    {
        var reader = new ChangesetReader(db);
        try
        {
            open(reader);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private ChangesetReader InRow() =>
        _hasRow ? this : throw new NativeUsageException("The reader is not at a row: step it first, and read while Step gives true");
}
