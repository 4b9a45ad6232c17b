using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Api.Rpc;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Tiles;

/// <summary><c>IModelTileRpcInterface.getTileCacheConfig</c>: where the frontend finds tiles by plain GETs before it asks to have them made.</summary>
internal sealed class TileCacheConfigOperation(ITileSource source, TileTicket tickets, IOptions<TileOptions> options) : IRpcEdgeOperation
{
    /// <inheritdoc/>
    public string Interface => "IModelTileRpcInterface";

    /// <inheritdoc/>
    public string Operation => "getTileCacheConfig";

    /// <inheritdoc/>
    public async ValueTask<RpcReply?> InvokeAsync(HttpContext context, RpcCall call, RpcTarget target, CancellationToken cancellationToken)
    {
        // Undefined, for whatever reason, is: ask the backend to make each tile. So does core-backend without a tile storage.
        var none = new RpcReply { Status = RpcStatus.Resolved };
        string? iModelId = ReadIModelId(call.Parameters) ?? target.IModelId;
        if (!options.Value.Enabled || !Guid.TryParse(iModelId, out _) || !target.Access.Allows(iModelId, IModelRight.Read))
            return none;
        TileSourceIModel? iModel = await source.FindAsync(iModelId, cancellationToken).ConfigureAwait(false);
        return iModel is null ? none : new RpcReply { Status = RpcStatus.Resolved, Json = Describe(context.Request, iModel) };
    }

    /// <summary>The id in the token, which is the first parameter.</summary>
    private static string? ReadIModelId(ReadOnlyMemory<byte> parameters)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(parameters);
            return document.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0
                && array[0].ValueKind == JsonValueKind.Object && array[0].TryGetProperty("iModelId", out JsonElement id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Describe(HttpRequest request, TileSourceIModel iModel)
    {
        string origin = options.Value.PublicUrl.Length > 0 ? options.Value.PublicUrl : $"{request.Scheme}://{request.Host}{request.PathBase}";
        string query = tickets.Issue(iModel, out DateTimeOffset expires);
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("storageType"u8, "itwin-orleans");
        writer.WriteString("baseUrl"u8, origin + TileEndpoints.BasePath);
        writer.WriteString("authentication"u8, query);
        writer.WriteString("expiration"u8, expires.UtcDateTime);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
