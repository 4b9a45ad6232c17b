using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Queries;
using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Schemas;

/// <summary>iTwin.js's <c>ECSchemaRpcInterface</c>: the schemas of an iModel.</summary>
[RpcInterface("ECSchemaRpcInterface", "2.0.0")]
public sealed class ECSchemaRpc : RpcInterface
{
    private const string Keys =
        "SELECT Name as schemaName, VersionMajor as read, VersionWrite as write, VersionMinor as minor FROM main.meta.ECSchemaDef";

    /// <summary>The names and versions of the schemas: (token). Answers <c>[{name, read, write, minor}]</c>.</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetSchemaKeys(RpcRequest request)
    {
        List<JsonElement> rows = await QueryReader.ReadAsync(request.IModel, Keys, default, useJsNames: true, request.CancellationToken).ConfigureAwait(false);
        var buffer = new Utf8Buffer(64 * (rows.Count + 1));
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (JsonElement row in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, row[0].GetString());
                writer.WriteNumber("read"u8, row[1].GetInt32());
                writer.WriteNumber("write"u8, row[2].GetInt32());
                writer.WriteNumber("minor"u8, row[3].GetInt32());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return RpcResult.Json(buffer);
    }

    /// <summary>A schema: (token, name). Answers iTwin.js <c>SchemaProps</c>, or nothing when there is none of that name.</summary>
    [RpcOperation(Caching = RpcResponseCaching.Immutable, IsRepeatable = true)]
    public async Task<RpcReply> GetSchemaJSON(RpcRequest request)
    {
        if (request.Arguments.IsMissing(1) || request.Arguments.TryGetString(1) is "")
            throw RpcException.Plain("Schema name must not be undefined or empty.");
        string name = request.Arguments.GetNativeString(1, 0);
        try
        {
            NativeResult schema = await request.IModel.StartAsync(native => native.Schemas.GetPropsAsync(name), request.CancellationToken).ConfigureAwait(false);
            return RpcResult.Native(schema);
        }
        catch (NativeException exception) when (exception.Message == "schema not found")
        {
            return RpcResult.Undefined();
        }
    }
}
