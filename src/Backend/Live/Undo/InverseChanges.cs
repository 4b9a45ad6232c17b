using System.Text;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;
using ITwinOrleans.Native.Txns;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>
/// Applies the inverse of a transaction's rows by SQL, while the library tracks what changes; so it becomes an ordinary transaction with its own
/// changes, events and geometry GUIDs. The triggers keep the spatial index. On the engine thread.
/// </summary>
/// <remarks>
/// A row must be as the transaction left it, and what is deleted must not be referred to by what came later; else nothing is right to do. Time stamps and
/// geometry GUIDs are left out: the commit makes new ones.
/// </remarks>
internal sealed class InverseChanges : IDisposable
{
    private const string LastMod = "LastMod";
    private const string Later = "Later changes depend on what this operation did";

    private readonly DgnDb _native;
    private readonly TableReferences _references;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly HashSet<(string Table, string Column)> _ignored;

    public InverseChanges(DgnDb native)
    {
        _native = native;
        _references = new TableReferences(native);
        _ignored = [("bis_Element", LastMod), ("bis_Model", LastMod), .. ReadGeometryGuidColumns()];
    }

    /// <summary>Applies the inverse.</summary>
    /// <exception cref="LiveRefusedException">Later changes are in the way; some of the inverse may be applied already.</exception>
    public async Task ApplyAsync(IReadOnlyList<RowChange> changes, EngineSlices slices)
    {
        // Rows refer to each other in any order; what is left dangling is looked for before the commit would fail by it.
        _native.ExecuteSql("PRAGMA defer_foreign_keys=ON");
        List<RowChange> inserted = Of(ChangeOpcode.Insert), updated = Of(ChangeOpcode.Update), deleted = Of(ChangeOpcode.Delete);
        var removed = inserted.Select(static change => (change.Table, change.Id)).ToHashSet();
        await ForEachAsync(inserted, change => CheckUnchanged(change, change.New));
        await ForEachAsync(inserted, change => CheckNothingIsTakenAlong(change, removed));
        await ForEachAsync(updated, change => CheckUnchanged(change, change.New));
        await ForEachAsync(inserted, Remove);
        await ForEachAsync(updated, Restore);
        await ForEachAsync(deleted, Return);
        await ForEachAsync(inserted, CheckNothingDangles);
        await ForEachAsync([.. updated, .. deleted], CheckTargets);

        List<RowChange> Of(ChangeOpcode opcode) => [.. changes.Where(change => change.Opcode == opcode).OrderBy(static change => change.Id)];

        async Task ForEachAsync(List<RowChange> rows, Action<RowChange> action)
        {
            foreach (RowChange row in rows)
            {
                action(row);
                await slices.NextAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
            statement.Dispose();
    }

    private static LiveRefusedException Conflict(NativeException? cause = null) => new(new LiveRefusal(LiveRefusals.Conflict, Later), cause);

    private List<(string Table, string Column)> ReadGeometryGuidColumns()
    {
        const string Sql = """
            SELECT DISTINCT t.Name,c.Name FROM ec_PropertyMap m JOIN ec_PropertyPath p ON p.Id=m.PropertyPathId JOIN ec_Column c ON c.Id=m.ColumnId JOIN ec_Table t ON t.Id=c.TableId
            JOIN ec_Class k ON k.Id=m.ClassId JOIN ec_Schema s ON s.Id=k.SchemaId WHERE s.Name='BisCore' AND k.Name='GeometricModel' AND p.AccessString='GeometryGuid'
            """;
        var columns = new List<(string, string)>();
        using var statement = new SqliteStatement(_native, Sql);
        while (statement.Step())
            columns.Add((statement.GetString(0)!, statement.GetString(1)!));
        return columns;
    }

    private void CheckUnchanged(RowChange change, RowValue[] values)
    {
        var where = new Condition(this, change);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].IsDefined && !change.KeyColumns[i] && !where.IsIgnored(i))
                where.Add(i, values[i]);
        }

        if (!where.Exists())
            throw Conflict();
    }

    // Rows that would be deleted, or lose their reference, along with the row: nobody's but this transaction's own.
    private void CheckNothingIsTakenAlong(RowChange change, HashSet<(string Table, long Id)> removed)
    {
        foreach (TableReferences.Reference reference in _references.To(change.Table))
        {
            if (!reference.Acts)
                continue;
            SqliteStatement statement = Prepared($"SELECT rowid FROM [{reference.Table}] WHERE [{reference.Column}]=?");
            statement.BindInteger(1, change.Id);
            bool other = false;
            while (!other && statement.Step())
                other = !removed.Contains((reference.Table, Convert.ToInt64(statement.GetId(0) ?? "0", 16)));
            statement.Reset();
            if (other)
                throw Conflict();
        }
    }

    private void Remove(RowChange change)
    {
        var where = new Condition(this, change);
        where.Run($"DELETE FROM [{change.Table}]", []);
    }

    private void Restore(RowChange change)
    {
        var where = new Condition(this, change);
        ILookup<bool, int> columns = Enumerable.Range(0, change.New.Length).Where(i => change.New[i].IsDefined).ToLookup(where.IsIgnored);

        // The library takes an element or a model as updated when this row is, whatever else of it changed.
        IEnumerable<string> stamp = columns[true].Any(i => where.Columns[i] == LastMod) ? [$"[{LastMod}]=julianday('now')"] : [];
        string set = string.Join(',', columns[false].Select(i => $"[{where.Columns[i]}]={change.Old[i].Placeholder}").Concat(stamp));
        if (set.Length > 0)
            where.Run($"UPDATE [{change.Table}] SET {set}", [.. columns[false].Select(i => change.Old[i])]);
    }

    private void Return(RowChange change)
    {
        string[] columns = _references.ColumnsOf(change.Table);
        string names = string.Join(',', change.Old.Select((_, i) => $"[{columns[i]}]")), values = string.Join(',', change.Old.Select(static value => value.Placeholder));
        Run($"INSERT INTO [{change.Table}]({names}) VALUES({values})", change.Old);
    }

    private void CheckNothingDangles(RowChange change)
    {
        foreach (TableReferences.Reference reference in _references.To(change.Table))
        {
            SqliteStatement statement = Prepared($"SELECT 1 FROM [{reference.Table}] WHERE [{reference.Column}]=? LIMIT 1");
            statement.BindInteger(1, change.Id);
            bool refers = statement.Step();
            statement.Reset();
            if (refers)
                throw Conflict();
        }
    }

    private void CheckTargets(RowChange change)
    {
        string[] columns = _references.ColumnsOf(change.Table);
        foreach (TableReferences.Reference reference in _references.From(change.Table))
        {
            int column = Array.FindIndex(columns, name => name.Equals(reference.Column, StringComparison.OrdinalIgnoreCase));
            if (column < 0 || column >= change.Old.Length || change.Old[column].Type != RowValueType.Integer)
                continue;
            SqliteStatement statement = Prepared($"SELECT 1 FROM [{reference.Target}] WHERE rowid=?");
            statement.BindInteger(1, change.Old[column].Bits);
            bool exists = statement.Step();
            statement.Reset();
            if (!exists)
                throw Conflict();
        }
    }

    private void Run(string sql, IEnumerable<RowValue> values)
    {
        SqliteStatement statement = Prepared(sql);
        int parameter = 0;
        foreach (RowValue value in values)
            value.Bind(statement, ref parameter);
        try
        {
            statement.Step();
        }
        catch (DbException exception) when (exception.PrimaryResult == DbResult.BE_SQLITE_CONSTRAINT_BASE)
        {
            throw Conflict(exception);
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
            _statements.Add(sql, statement = new SqliteStatement(_native, sql));
        return statement;
    }

    /// <summary>The row of a change, by its key and by what it must be like.</summary>
    private sealed class Condition
    {
        private readonly InverseChanges _owner;
        private readonly string _table;
        private readonly List<RowValue> _values = [];
        private readonly StringBuilder _where = new(" WHERE 1");

        public Condition(InverseChanges owner, RowChange change)
        {
            (_owner, _table) = (owner, change.Table);
            Columns = owner._references.ColumnsOf(change.Table);
            for (int i = 0; i < change.KeyColumns.Length; i++)
            {
                if (change.KeyColumns[i])
                    Add(i, change.Key[i]);
            }
        }

        public string[] Columns { get; }

        public bool IsIgnored(int column) => _owner._ignored.Contains((_table, Columns[column]));

        public void Add(int column, in RowValue value)
        {
            _where.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND [{Columns[column]}] IS {value.Placeholder}");
            _values.Add(value);
        }

        public bool Exists()
        {
            SqliteStatement statement = _owner.Prepared($"SELECT 1 FROM [{_table}]{_where}");
            int parameter = 0;
            foreach (RowValue value in _values)
                value.Bind(statement, ref parameter);
            bool exists = statement.Step();
            statement.Reset();
            return exists;
        }

        public void Run(string sql, IReadOnlyList<RowValue> values) => _owner.Run(sql + _where, [.. values, .. _values]);
    }
}
