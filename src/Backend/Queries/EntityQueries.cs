using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Queries;

/// <summary>Finds entities for clients (core-backend <c>IModelDb.queryEntityIds</c>).</summary>
internal static class EntityQueries
{
    // core-backend IModelDb.maxLimit.
    private const int MaxResults = 10_000;

    private const string PrepareFailed = "Preparing ECSQL failed: ";

    /// <summary>The ids of the entities, each once.</summary>
    /// <remarks>
    /// The query is prepared on the engine thread, which says what is wrong with it; it runs on native code's query threads, where a client's
    /// expensive condition costs nobody else's time.
    /// </remarks>
    /// <exception cref="RpcException">The query is wrong, or finds too many.</exception>
    public static async Task<List<string>> ReadIdsAsync(IModelDb iModel, EntityQueryParams query, CancellationToken cancellationToken)
    {
        await iModel.RunAsync(
            native =>
            {
                Check(native, query);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var ids = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        List<JsonElement> rows = await QueryReader.ReadAsync(
            iModel, query.Ecsql, StatementBindings.ToQueryArguments(query.Bindings), useJsNames: false, cancellationToken, MaxResults + 1).ConfigureAwait(false);
        foreach (JsonElement row in rows)
        {
            if (row[0].ValueKind == JsonValueKind.String && known.Add(row[0].GetString()!))
                ids.Add(row[0].GetString()!);
        }

        return ids.Count <= MaxResults
            ? ids
            : throw RpcException.Numbered((int)IModelStatus.BadRequest, "Max LIMIT exceeded in SELECT statement");
    }

    private static void Check(DgnDb native, EntityQueryParams query)
    {
        try
        {
            using var statement = new ECSqlStatement(native, query.Ecsql);
            StatementBindings.Bind(statement, query.Bindings);
        }
        catch (DbException exception)
        {
            string message = exception.Message;
            throw RpcException.Numbered(
                exception.ErrorNumber,
                message.StartsWith(PrepareFailed, StringComparison.Ordinal) ? message[PrepareFailed.Length..] : message);
        }
    }
}
