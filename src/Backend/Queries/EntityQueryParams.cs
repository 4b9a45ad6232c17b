using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Queries.Ecsql;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Queries;

/// <summary>What entities a client asks for (core-common <c>EntityQueryParams</c>), made into ECSQL from checked parts.</summary>
/// <param name="Ecsql">The query; its one column is the entity's id.</param>
/// <param name="Bindings">The values of its parameters: a JSON array or object, or nothing.</param>
internal sealed record EntityQueryParams(string Ecsql, JsonElement Bindings)
{
    /// <summary>Reads and checks a client's request.</summary>
    /// <param name="request">The request, JSON.</param>
    /// <param name="maxLength">The longest clause, in characters.</param>
    /// <exception cref="RpcException">A clause would leave its place in the query.</exception>
    public static EntityQueryParams Read(ReadOnlyMemory<byte> request, int maxLength)
    {
        JsonElement root = JsonElement.Parse(request.Span);
        string from = Text(root, "from") ?? "undefined";
        EcsqlClause.CheckFrom(from, maxLength);
        string ecsql = "SELECT ECInstanceId FROM " + (IsTrue(root, "only") ? "ONLY " : "") + from;
        if (Text(root, "where") is { Length: > 0 } where)
        {
            EcsqlClause.CheckWhere(where, maxLength);
            ecsql += $" WHERE {where}";
        }

        if (Text(root, "orderBy") is { Length: > 0 } orderBy)
        {
            EcsqlClause.CheckOrderBy(orderBy, maxLength);
            ecsql += $" ORDER BY {orderBy}";
        }

        if (Positive(root, "limit") is { } limit)
            ecsql += $" LIMIT {limit}";
        if (Positive(root, "offset") is { } offset)
            ecsql += $" OFFSET {offset}";
        return new EntityQueryParams(ecsql, root.TryGetProperty("bindings"u8, out JsonElement bindings) ? bindings : default);
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw RpcException.WrongType($"The parameter {name} must be a string");
    }

    private static bool IsTrue(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    // Numbers that are no whole ones fail in ECSQL, as they do in core-backend.
    private static string? Positive(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0
            ? JsonText.Number(value.GetDouble())
            : null;
}
