using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.IModels;

/// <summary>Reads the token (iTwin.js <c>IModelRpcProps</c>) that is the first parameter of most operations.</summary>
internal static class IModelToken
{
    /// <summary>The key of the open iModel; null when the first parameter has none.</summary>
    public static string? KeyOf(RpcArguments arguments)
    {
        if (arguments.KindOf(0) != JsonTokenType.StartObject)
            return null;
        var reader = new Utf8JsonReader(arguments[0].Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKey = reader.ValueTextEquals("key"u8);
            reader.Read();
            if (isKey)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}
