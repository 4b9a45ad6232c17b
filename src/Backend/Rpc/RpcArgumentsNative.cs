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

    /// <summary>The text of a parameter that native code wants as a string.</summary>
    /// <param name="arguments">The parameters.</param>
    /// <param name="index">Which one.</param>
    /// <param name="nativeIndex">Its place among the native function's arguments, which the error names.</param>
    /// <exception cref="RpcException">It is no string; the error is the one that native code gives.</exception>
    public static string GetNativeString(this RpcArguments arguments, int index, int nativeIndex) =>
        arguments.TryGetString(index) ?? throw RpcException.NativeType($"Argument {nativeIndex} must be a string");

    /// <summary>The JSON of a parameter that native code reads as an object; what is none is an empty one to it.</summary>
    /// <exception cref="RpcException">It is absent or <c>null</c>.</exception>
    public static ReadOnlyMemory<byte> GetNativeObject(this RpcArguments arguments, int index, string name) => arguments.KindOf(index) switch
    {
        JsonTokenType.StartObject or JsonTokenType.StartArray => arguments[index],
        JsonTokenType.Null => throw RpcException.WrongType($"The parameter {name} must be an object"),
        _ => EmptyObject,
    };

    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();
}
