using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Queries;

/// <summary>Reads the code specs of an iModel.</summary>
internal static class CodeSpecQuery
{
    private const string Ecsql = "SELECT ECInstanceId AS id, name, jsonProperties FROM BisCore.CodeSpec";

    /// <summary>All code specs: <c>[{id, name, jsonProperties}]</c>.</summary>
    public static async Task<RpcReply> ReadAsync(IModelDb iModel, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = await QueryReader.ReadAsync(iModel, Ecsql, default, useJsNames: true, cancellationToken).ConfigureAwait(false);
        var buffer = new Utf8Buffer(128 * (rows.Count + 1));
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (JsonElement row in rows)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("id"u8);
                row[0].WriteTo(writer);
                writer.WritePropertyName("name"u8);
                row[1].WriteTo(writer);
                writer.WritePropertyName("jsonProperties"u8);
                JsonElement.Parse(row[2].GetString() ?? "null").WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return RpcResult.Json(buffer);
    }
}
