using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Queries;

/// <summary>Runs clients' queries on native code's query threads; rows go from native memory to the client untouched.</summary>
internal static class QueryService
{
    // core-common DbResponseStatus.
    private const byte Done = (byte)'1', Partial = (byte)'3';

    /// <summary>The answer to a query or a blob request: iTwin.js <c>DbResponse</c>. An error in the query is an answer, too.</summary>
    public static async Task<RpcReply> ExecuteAsync(
        IModelDb iModel, ReadOnlyMemory<byte> request, int kind, BackendOptions options, CancellationToken cancellationToken)
    {
        QueryRequest query = QueryRequest.Read(request, kind, options);
        NativeResult answer = await iModel.StartAsync(native => native.Queries.ExecuteAsync(query.Json), cancellationToken).ConfigureAwait(false);
        return query.IsCutAtLimit && JsonSlices.Number(answer.Utf8, "rowCount"u8) == query.Limit ? AsPartial(answer) : RpcResult.Native(answer);
    }

    // There may be more than the rows that were asked for in the client's place: it comes back for them when it is told so.
    private static RpcReply AsPartial(NativeResult answer)
    {
        using (answer)
        {
            byte[] json = answer.Utf8.ToArray();
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isStatus = reader.ValueTextEquals("status"u8);
                reader.Read();
                if (isStatus && reader.BytesConsumed - reader.TokenStartIndex == 1 && json[reader.TokenStartIndex] == Done)
                {
                    json[reader.TokenStartIndex] = Partial;
                    break;
                }

                reader.Skip();
            }

            return RpcResult.Json(json);
        }
    }
}
