using System.Text.Json.Nodes;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>Steps that stand for a whole statement or changeset, as in peer/macros.mjs.</summary>
internal sealed class WholeStatements(CallScope scope)
{
    private const double Row = 100;
    private const int DefaultLimit = 50;

    public JsonObject Ecsql(JsonObject spec)
    {
        using NativeObject statement = scope.Platform.Construct("ECSqlStatement");
        try
        {
            JsonNode? prepared = Call(statement, "prepare", scope.Receiver(Text(spec, "db")), scope.Arguments.ReadText(spec["sql"]), false);
            var result = new JsonObject { ["prepare"] = prepared };
            if (prepared!["status"]!.GetValue<double>() != 0)
                return result;
            if (spec["native"] is not null)
                result["native"] = statement.CallText("getNativeSql");
            if (spec["binds"] is { } binds)
                result["binds"] = new JsonArray([.. binds.AsArray().Select(bind => Bind(statement, bind!.AsArray()))]);
            if (spec["insert"] is not null)
                result["insert"] = Call(statement, "stepForInsert");
            else
                ReadRows(statement, spec, result);
            return result;
        }
        finally
        {
            statement.Invoke("dispose");
        }
    }

    public JsonObject Sqlite(JsonObject spec)
    {
        using NativeObject statement = scope.Platform.Construct("SqliteStatement");
        try
        {
            statement.Invoke("prepare", scope.Receiver(Text(spec, "db")), scope.Arguments.ReadText(spec["sql"]), false);
            var result = new JsonObject { ["readonly"] = statement.CallBoolean("isReadonly") };
            if (spec["binds"] is { } binds)
            {
                result["binds"] = new JsonArray([.. binds.AsArray().Select(bind =>
                    Call(statement, bind![0]!.GetValue<string>(), [.. bind.AsArray().Skip(1).Select(scope.Arguments.Read)]))]);
            }

            int count = (int)statement.CallNumber("getColumnCount");
            result["columns"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => Call(statement, "getColumnName", i))]);
            var rows = new JsonArray();
            double end = statement.CallNumber("step");
            for (; end == Row && rows.Count < Limit(spec); end = statement.CallNumber("step"))
                rows.Add(new JsonArray([.. Enumerable.Range(0, count).Select(i => Column(statement, i))]));
            result["rows"] = rows;
            result["end"] = end;
            return result;
        }
        finally
        {
            statement.Invoke("dispose");
        }
    }

    private void ReadRows(NativeObject statement, JsonObject spec, JsonObject result)
    {
        result["columns"] = Call(statement, "getColumnCount");
        var rows = new JsonArray();
        double end = statement.CallNumber("step");
        if (spec["metadata"] is not null && end == Row)
            result["metadata"] = Call(statement, "getMetadata");
        for (; end == Row && rows.Count < Limit(spec); end = statement.CallNumber("step"))
            rows.Add(Call(statement, "toRow", scope.Arguments.Read(spec["row"] ?? new JsonObject())));
        result["rows"] = rows;
        result["end"] = end;
    }

    private JsonNode? Bind(NativeObject statement, JsonArray bind)
    {
        using NativeObject binder = statement.Call("getBinder", scope.Arguments.Read(bind[0])).Object!;
        return Call(binder, bind[1]!.GetValue<string>(), [.. bind.Skip(2).Select(scope.Arguments.Read)]);
    }

    /// <summary>By SQLite's storage classes: 1 integer, 2 float, 3 text, 4 blob, 5 null.</summary>
    private JsonNode? Column(NativeObject statement, int index) => statement.CallNumber("getColumnType", index) switch
    {
        1 => Call(statement, "getValueInteger", index),
        2 => Call(statement, "getValueDouble", index),
        3 => Call(statement, "getValueString", index),
        4 => Call(statement, "getValueBlob", index),
        _ => null,
    };

    private JsonNode? Call(NativeObject target, string method, params ReadOnlySpan<NativeArgument> arguments)
    {
        using NativeResult result = target.Call(method, arguments);
        result.Object?.Dispose();
        return scope.Canonical.Of(result);
    }

    private static string Text(JsonObject spec, string name) => spec[name]!.GetValue<string>();

    private static int Limit(JsonObject spec) => spec["limit"]?.GetValue<int>() ?? DefaultLimit;
}
