using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>The columns of an iModel's tables and the foreign keys between them; read when asked for and kept. On the engine thread.</summary>
internal sealed class TableReferences(DgnDb native)
{
    private readonly Dictionary<string, string[]> _columns = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, List<Reference>>? _to;

    /// <summary>A table's columns.</summary>
    public string[] ColumnsOf(string table)
    {
        if (!_columns.TryGetValue(table, out string[]? columns))
            _columns.Add(table, columns = [.. Read($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid", 1).Select(static row => row[0])]);
        return columns;
    }

    /// <summary>What refers to the rows of a table.</summary>
    public IReadOnlyList<Reference> To(string table)
    {
        _to ??= ReadAll();
        return _to.TryGetValue(table, out List<Reference>? references) ? references : [];
    }

    /// <summary>What the rows of a table refer to.</summary>
    public IEnumerable<Reference> From(string table)
    {
        _to ??= ReadAll();
        return _to.Values.SelectMany(static list => list).Where(one => one.Table.Equals(table, StringComparison.OrdinalIgnoreCase));
    }

    private Dictionary<string, List<Reference>> ReadAll()
    {
        var to = new Dictionary<string, List<Reference>>(StringComparer.OrdinalIgnoreCase);
        const string Sql = """
            SELECT m.name,f."from",f."table",f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type='table' AND m.name NOT LIKE 'ec\_%' ESCAPE '\'
            """;
        foreach (string[] row in Read(Sql, 4))
        {
            if (!to.TryGetValue(row[2], out List<Reference>? references))
                to.Add(row[2], references = []);
            references.Add(new Reference(row[0], row[1], row[2], row[3] != "NO ACTION"));
        }

        return to;
    }

    private List<string[]> Read(string sql, int columns)
    {
        var rows = new List<string[]>();
        using var statement = new SqliteStatement(native, sql);
        while (statement.Step())
            rows.Add([.. Enumerable.Range(0, columns).Select(column => statement.GetString(column) ?? "")]);
        return rows;
    }

    /// <summary>A foreign key: the rows of a table refer to a row of another by its id.</summary>
    /// <param name="Table">The referring table.</param>
    /// <param name="Column">Its column.</param>
    /// <param name="Target">The table that it refers to.</param>
    /// <param name="Acts">Whether deleting the target deletes or changes the row.</param>
    internal sealed record Reference(string Table, string Column, string Target, bool Acts);
}
