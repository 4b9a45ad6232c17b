using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Errors of the native library as frontends get them: as the peer sends them, but without paths of this machine.</summary>
public static class NativeErrors
{
    /// <summary>The error for the frontend.</summary>
    /// <param name="exception">What native code threw.</param>
    /// <param name="iModel">The iModel that it was about; its file is known to frontends by its key only.</param>
    public static RpcError ToRpcError(NativeException exception, IModelDb? iModel) => new(
        exception.Name,
        iModel is null ? exception.Message : iModel.WithoutPaths(exception.Message),
        exception.ErrorNumber)
    {
        Properties = exception.Json.IsEmpty ? default : OwnProperties(exception.Json, iModel),
    };

    private static ReadOnlyMemory<byte> OwnProperties(ReadOnlyMemory<byte> json, IModelDb? iModel)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        using (JsonDocument document = JsonDocument.Parse(json))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name is "name" or "message" or "errorNumber" or "stack")
                    continue;
                if (property.Value.ValueKind == JsonValueKind.String && iModel is not null)
                    writer.WriteString(property.Name, iModel.WithoutPaths(property.Value.GetString()!));
                else
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
