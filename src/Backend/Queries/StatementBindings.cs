using System.Globalization;
using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Queries;

/// <summary>
/// The values that a client binds to a query's parameters. They are bound twice: to a statement, which refuses what does not fit
/// (core-backend <c>ECSqlStatement.bindValues</c>), and to the query that runs on native code's own threads (<c>QueryBinder</c>).
/// </summary>
internal static class StatementBindings
{
    private const int Boolean = 0, Double = 1, Id = 2, Long = 5, Null = 6, Point2d = 7, Point3d = 8, String = 9, Struct = 11;

    /// <summary>Binds to a statement, by position or by name.</summary>
    /// <exception cref="RpcException">There is no such parameter, or the value does not fit it.</exception>
    public static void Bind(ECSqlStatement statement, JsonElement values)
    {
        foreach ((string name, JsonElement value) in Entries(values))
        {
            using ECSqlBinder binder = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && values.ValueKind == JsonValueKind.Array
                ? statement.Binder(index)
                : statement.Binder(name);
            Bind(binder, value);
        }
    }

    /// <summary>The values as the arguments of a query request, JSON.</summary>
    public static byte[] ToQueryArguments(JsonElement values)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in Entries(values))
            {
                writer.WriteStartObject(name);
                writer.WriteNumber("type"u8, TypeOf(value));
                writer.WritePropertyName("value"u8);
                (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id"u8, out JsonElement id) ? id : value).WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // What is null is left unbound, which is the same.
    private static IEnumerable<(string Name, JsonElement Value)> Entries(JsonElement values)
    {
        IEnumerable<(string, JsonElement)> all = values.ValueKind switch
        {
            JsonValueKind.Array => values.EnumerateArray().Select(static (value, i) => ((i + 1).ToString(CultureInfo.InvariantCulture), value)),
            JsonValueKind.Object => values.EnumerateObject().Select(static property => (property.Name, property.Value)),
            _ => [],
        };
        return all.Where(static entry => entry.Item2.ValueKind != JsonValueKind.Null);
    }

    private static void Bind(ECSqlBinder binder, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                Try("null", binder.BindNull);
                break;
            case JsonValueKind.Number when value.TryGetInt64(out long integer):
                Try("integer", () => binder.BindInteger(integer));
                break;
            case JsonValueKind.Number:
                Try("double", () => binder.BindDouble(value.GetDouble()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Try("boolean", () => binder.BindBoolean(value.GetBoolean()));
                break;
            case JsonValueKind.String:
                Try("string", () => binder.BindString(value.GetString()!));
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    using ECSqlBinder element = binder.AddArrayElement();
                    Bind(element, item);
                }

                throw RpcException.Numbered((int)DbResult.BE_SQLITE_ERROR, "Arrays cannot be bound to the parameters of an entity query");
            default:
                BindObject(binder, value);
                break;
        }
    }

    private static void BindObject(ECSqlBinder binder, JsonElement value)
    {
        if (Coordinate(value, "x") is { } x && Coordinate(value, "y") is { } y)
        {
            if (Coordinate(value, "z") is { } z)
                Try("Point3d", () => binder.BindPoint3d(x, y, z));
            else
                Try("Point2d", () => binder.BindPoint2d(x, y));
            return;
        }

        if (value.TryGetProperty("id"u8, out JsonElement id) && id.ValueKind == JsonValueKind.String)
        {
            Try("navigation", () => binder.BindNavigation(id.GetString()!));
            return;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            using ECSqlBinder memberBinder = binder.Member(member.Name);
            Bind(memberBinder, member.Value);
        }
    }

    private static void Try(string kind, Action bind)
    {
        try
        {
            bind();
        }
        catch (NativeException exception) when (exception.ErrorNumber != 0)
        {
            throw RpcException.Numbered(exception.ErrorNumber, $"Error binding {kind}");
        }
    }

    private static int TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Null,
        JsonValueKind.True or JsonValueKind.False => Boolean,
        JsonValueKind.Number => value.TryGetInt64(out _) ? Long : Double,
        JsonValueKind.String => String,
        _ when Coordinate(value, "x") is not null && Coordinate(value, "y") is not null => Coordinate(value, "z") is null ? Point2d : Point3d,
        _ when value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id"u8, out _) => Id,
        _ => Struct,
    };

    private static double? Coordinate(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            ? number.GetDouble()
            : null;
}
