using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>Which elements, or models, a commit inserted, updated and deleted, with their classes (iTwin.js <c>NotifyEntitiesChangedArgs</c>).</summary>
internal sealed class ChangedEntities
{
    /// <summary>The elements of the transaction that is being validated (core-backend <c>ChangedEntitiesProc</c>).</summary>
    public const string OfElements = "SELECT ElementId,ChangeType,ECClassId FROM temp.txn_Elements";

    /// <summary>The models.</summary>
    public const string OfModels = "SELECT ModelId,ChangeType,ECClassId FROM temp.txn_Models";

    private static readonly string[] Kinds = ["inserted", "updated", "deleted"];

    private readonly List<(ulong Id, int Class)>[] _entities = [[], [], []];
    private readonly List<string> _classIds = [];

    /// <summary>How many there are.</summary>
    public int Count => _entities.Sum(static list => list.Count);

    /// <summary>The ids of all.</summary>
    public IEnumerable<ulong> Ids => _entities.SelectMany(static list => list.Select(static one => one.Id));

    /// <summary>Reads them while the library validates a transaction; on the engine thread.</summary>
    public static ChangedEntities Read(DgnDb native, string query)
    {
        var read = new ChangedEntities();
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        using var statement = new SqliteStatement(native, query);
        while (statement.Step())
        {
            string classId = statement.GetId(2) ?? Id64.Invalid;
            if (!classes.TryGetValue(classId, out int index))
            {
                classes.Add(classId, index = classes.Count);
                read._classIds.Add(classId);
            }

            read._entities[statement.GetInteger(1)].Add((Id64.ToNumber(statement.GetId(0)!), index));
        }

        foreach (List<(ulong Id, int Class)> list in read._entities)
            list.Sort();
        return read;
    }

    /// <summary>Appends them as an object.</summary>
    public void Write(DgnDb native, ClassBases classes, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            if (_entities[kind].Count > 0)
                writer.WriteString(Kinds[kind], CompressedId64Set.Compress(_entities[kind].Select(static one => one.Id)));
            writer.WriteStartArray(Kinds[kind] + "Meta");
            foreach ((_, int index) in _entities[kind])
                writer.WriteNumberValue(index);
            writer.WriteEndArray();
        }

        writer.WritePropertyName("meta"u8);
        classes.Write(native, writer, _classIds);
        writer.WriteEndObject();
    }
}
