using System.Text.RegularExpressions;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>Which elements and models an operation is going to change, for the conflict check; on the engine thread, before it is applied.</summary>
/// <remarks>An aspect stands for its element, a relationship for both of its ends, an element that is deleted for its children too.</remarks>
internal sealed partial class TouchedEntities(DgnDb native) : IDisposable
{
    private const string AspectOwner =
        "SELECT ElementId FROM bis_ElementMultiAspect WHERE Id=?1 UNION ALL SELECT ElementId FROM bis_ElementUniqueAspect WHERE Id=?1";

    private const string Tree =
        "WITH RECURSIVE tree(id) AS (SELECT ?1 UNION ALL SELECT e.Id FROM bis_Element e JOIN tree ON e.ParentId=tree.id) SELECT id FROM tree";

    private readonly Dictionary<string, ECSqlStatement> _ends = new(StringComparer.Ordinal);
    private SqliteStatement? _aspectOwner;
    private SqliteStatement? _tree;

    /// <summary>Adds the entities to a set. What the operation inserts, and names of inserts, are not among them.</summary>
    public void Add(in LiveOperation operation, HashSet<ulong> ids)
    {
        switch (operation.Entity)
        {
            case EntityKind.Element when operation.Action == OperationAction.Delete:
                AddRows(_tree ??= new SqliteStatement(native, Tree), operation.Id, ids);
                break;
            case EntityKind.Element or EntityKind.Model when operation.Action != OperationAction.Insert:
                AddId(operation.Id ?? JsonSlices.Text(operation.Props, "id"u8), ids);
                break;
            case EntityKind.Aspect when operation.Action == OperationAction.Insert:
                AddId(JsonSlices.Text(JsonSlices.Property(operation.Props, "element"u8), "id"u8), ids);
                break;
            case EntityKind.Aspect:
                AddRows(_aspectOwner ??= new SqliteStatement(native, AspectOwner), operation.Id ?? JsonSlices.Text(operation.Props, "id"u8), ids);
                break;
            case EntityKind.Relationship when operation.Action == OperationAction.Insert:
                AddId(JsonSlices.Text(operation.Props, "sourceId"u8), ids);
                AddId(JsonSlices.Text(operation.Props, "targetId"u8), ids);
                break;
            case EntityKind.Relationship:
                AddEnds(operation, ids);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aspectOwner?.Dispose();
        _tree?.Dispose();
        foreach (ECSqlStatement statement in _ends.Values)
            statement.Dispose();
    }

    private static void AddId(string? id, HashSet<ulong> ids)
    {
        if (id is not null && Id64.ToNumber(id) is > 0 and ulong number)
            ids.Add(number);
    }

    private static void AddRows(SqliteStatement statement, string? id, HashSet<ulong> ids)
    {
        if (!Id64.IsValid(id))
            return;
        statement.BindId(1, id!);
        while (statement.Step())
            AddId(statement.GetId(0), ids);
        statement.Reset();
    }

    private void AddEnds(in LiveOperation operation, HashSet<ulong> ids)
    {
        string? id = JsonSlices.Text(operation.Props, "id"u8), className = JsonSlices.Text(operation.Props, "classFullName"u8);
        if (!Id64.IsValid(id) || className is null || !ClassFullName().IsMatch(className))
            return;
        if (!_ends.TryGetValue(className, out ECSqlStatement? statement))
            _ends.Add(className, statement = new ECSqlStatement(native, $"SELECT SourceECInstanceId,TargetECInstanceId FROM {className.Replace(':', '.')} WHERE ECInstanceId=?"));
        statement.Binder(1).BindId(id!);
        if (statement.Step())
        {
            AddId(statement.GetValue(0).GetId(), ids);
            AddId(statement.GetValue(1).GetId(), ids);
        }

        statement.Reset();
    }

    [GeneratedRegex(@"^\w+[:.]\w+$")]
    private static partial Regex ClassFullName();
}
