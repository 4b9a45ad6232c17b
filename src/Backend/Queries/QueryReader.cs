using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Queries;

/// <summary>Runs the backend's own ECSQL to its end, on native code's query threads (core-common <c>ECSqlReader</c>).</summary>
internal static class QueryReader
{
    private const int Cancel = 2, Partial = 3, Timeout = 4, QueueFull = 5, ShuttingDown = 6, FirstError = 100, MaxRetries = 10;
    private const int InterruptNumber = (int)DbResult.BE_SQLITE_INTERRUPT;

    /// <summary>All rows of a query, each as JSON of an array of its columns' values.</summary>
    /// <param name="iModel">The iModel.</param>
    /// <param name="ecsql">The query.</param>
    /// <param name="args">Its bindings (core-common <c>QueryBinder</c>), JSON; empty for none.</param>
    /// <param name="useJsNames">Whether values in rows are as JavaScript names them.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="limit">How many rows to read at most; -1 for all.</param>
    /// <exception cref="RpcException">The query is wrong, or takes too long.</exception>
    public static async Task<List<JsonElement>> ReadAsync(
        IModelDb iModel, string ecsql, ReadOnlyMemory<byte> args, bool useJsNames, CancellationToken cancellationToken, int limit = -1)
    {
        var rows = new List<JsonElement>();
        for (bool more = true; more;)
        {
            int before = rows.Count;
            more = await ReadPageAsync(iModel, Request(ecsql, args, useJsNames, rows.Count, limit < 0 ? -1 : limit - rows.Count), rows, cancellationToken).ConfigureAwait(false)
                && rows.Count > before
                && rows.Count != limit;
        }

        return rows;
    }

    /// <summary>The values of the first column, which are texts (ids).</summary>
    public static async Task<List<string>> ReadTextsAsync(IModelDb iModel, string ecsql, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = await ReadAsync(iModel, ecsql, default, useJsNames: false, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(static row => row[0].GetString() ?? "")];
    }

    private static async Task<bool> ReadPageAsync(IModelDb iModel, byte[] request, List<JsonElement> rows, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using NativeResult answer = await iModel.StartAsync(native => native.Queries.ExecuteAsync(request), cancellationToken).ConfigureAwait(false);
            int status = (int)(JsonSlices.Number(answer.Utf8, "status"u8) ?? FirstError);
            if (status is Cancel or >= FirstError)
            {
                int number = status == Cancel ? InterruptNumber : (int)DbResult.BE_SQLITE_ERROR;
                throw RpcException.Numbered(number, JsonSlices.Text(answer.Utf8, "error"u8) ?? "The query failed");
            }

            int read = Append(answer.Utf8, rows);
            if (read > 0 || status is not (Partial or Timeout or QueueFull or ShuttingDown))
                return status != 1;
            if (attempt == MaxRetries)
                throw RpcException.Plain("query too long to execute or server is too busy");
        }
    }

    private static int Append(ReadOnlyMemory<byte> response, List<JsonElement> rows)
    {
        ReadOnlyMemory<byte> data = JsonSlices.Property(response, "data"u8);
        if (data.IsEmpty)
            return 0;
        JsonElement parsed = JsonElement.Parse(data.Span);
        rows.AddRange(parsed.EnumerateArray());
        return parsed.GetArrayLength();
    }

    private static byte[] Request(string ecsql, ReadOnlyMemory<byte> args, bool useJsNames, int offset, int count)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256 + ecsql.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("kind"u8, 1);
            writer.WriteString("query"u8, ecsql);
            writer.WriteNumber("valueFormat"u8, useJsNames ? 1 : 0);
            writer.WriteBoolean("includeMetaData"u8, false);
            writer.WritePropertyName("args"u8);
            writer.WriteRawValue(args.IsEmpty ? "{}"u8 : args.Span);
            writer.WriteStartObject("limit"u8);
            writer.WriteNumber("offset"u8, offset);
            writer.WriteNumber("count"u8, count);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
