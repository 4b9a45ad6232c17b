using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>The step that reads a whole changeset, as in peer/macros.mjs.</summary>
internal sealed class WholeChangesets(CallScope scope)
{
    private const int DefaultLimit = 50;

    // SQLite's op codes: a deletion has old values only, an insertion new values only, an update both.
    private const double Delete = 9;
    private const double Insert = 18;

    public JsonObject Read(JsonObject spec)
    {
        using NativeObject reader = scope.Platform.Construct("ChangesetReader");
        try
        {
            JsonArray open = spec["open"]!.AsArray();
            reader.Invoke(open[0]!.GetValue<string>(), [.. open.Skip(1).Select(scope.Arguments.Read)]);
            var rows = new JsonArray();
            while (rows.Count < (spec["limit"]?.GetValue<int>() ?? DefaultLimit) && reader.CallBoolean("step"))
                rows.Add(ReadRow(reader, spec));
            return new JsonObject { ["rows"] = rows, ["more"] = reader.CallBoolean("hasRow") };
        }
        finally
        {
            reader.Invoke("close");
        }
    }

    private JsonObject ReadRow(NativeObject reader, JsonObject spec)
    {
        string table = reader.CallText("getTableName");
        double op = reader.CallNumber("getOpCode");
        var row = new JsonObject
        {
            ["table"] = table,
            ["op"] = op,
            ["columns"] = Call(reader, "getColumnCount"),
            ["indirect"] = Call(reader, "isIndirectChange"),
            ["key"] = Call(reader, "getPrimaryKeys"),
            ["keyColumns"] = Call(reader, "getPrimaryKeyColumnIndexes"),
        };
        int[] masked = [.. MaskedColumns(spec, table)];
        if (op != Insert)
            row["old"] = Values(reader, 0, masked);
        if (op != Delete)
            row["new"] = Values(reader, 1, masked);
        return row;
    }

    private JsonArray Values(NativeObject reader, int stage, int[] masked)
    {
        JsonArray values = Call(reader, "getRow", stage)!.AsArray();
        for (int column = 0; column < values.Count; column++)
        {
            using NativeResult type = reader.Call("getColumnValueType", column, stage);
            if (type.Kind == NativeResultKind.Undefined)
                values[column] = "$unchanged";
            else if (values[column] is not null && masked.Contains(column))
                values[column] = "$masked";
        }

        return values;
    }

    private static IEnumerable<int> MaskedColumns(JsonObject spec, string table) =>
        from mask in spec["maskColumns"]?.AsArray() ?? []
        where mask["table"]!.GetValue<string>() == table
        from column in mask["columns"]!.AsArray()
        select column.GetValue<int>();

    private JsonNode? Call(NativeObject target, string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = target.Call(method, arguments);
        return scope.Canonical.Of(result);
    }
}
