using System.Text.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Hands parameters on to native code as they are; native code itself refuses what it cannot use.</summary>
internal static class RpcArgumentsNative
{
    /// <summary>A parameter as the argument of a native call; one that is absent is JavaScript's <c>undefined</c>.</summary>
    public static NativeArgument ToNative(this RpcArguments arguments, int index)
    {
        if (!arguments.IsThere(index))
            return NativeArgument.Undefined;
        var reader = new Utf8JsonReader(arguments[index].Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => NativeArgument.Null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String => reader.GetString(),
            _ => NativeArgument.Json(arguments[index]),
        };
    }
}
