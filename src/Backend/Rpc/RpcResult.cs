using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Makes the replies of operations that have a result.</summary>
public static class RpcResult
{
    private static readonly ReadOnlyMemory<byte> NullJson = "null"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> TrueJson = "true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> FalseJson = "false"u8.ToArray();

    /// <summary>Nothing: JavaScript's <c>undefined</c>.</summary>
    public static RpcReply Undefined() => new() { Status = RpcStatus.Resolved };

    /// <summary>There is nothing to answer with.</summary>
    public static RpcReply NoContent() => new() { Status = RpcStatus.NoContent };

    /// <summary>The work goes on; the same request, sent again, finds it.</summary>
    public static RpcReply Pending() => new() { Status = RpcStatus.Pending };

    /// <summary>UTF-8 JSON.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="owner">What keeps its memory alive; the reply disposes it.</param>
    public static RpcReply Json(ReadOnlyMemory<byte> utf8, IDisposable? owner = null) =>
        new() { Status = RpcStatus.Resolved, Json = utf8, Owner = owner };

    /// <summary>A buffer's JSON; the reply owns the buffer.</summary>
    internal static RpcReply Json(Utf8Buffer buffer) =>
        new() { Status = RpcStatus.Resolved, Json = buffer.WrittenMemory, Binaries = buffer.Binaries, Owner = buffer };

    /// <summary>A value as JSON.</summary>
    public static RpcReply Json<T>(T value, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A string.</summary>
    public static RpcReply String(string value) => Json(JsonText.Quote(value));

    /// <summary>A boolean.</summary>
    public static RpcReply Boolean(bool value) => Json(value ? TrueJson : FalseJson);

    /// <summary>A number.</summary>
    public static RpcReply Number(double value) => Json(Encoding.UTF8.GetBytes(JsonText.Number(value)));

    /// <summary>Bytes: a <c>Uint8Array</c> in the frontend.</summary>
    public static RpcReply Binary(ReadOnlyMemory<byte> bytes, IDisposable? owner = null) =>
        new() { Status = RpcStatus.Resolved, Binaries = [bytes], Owner = owner };

    /// <summary>What a native call gave, whatever it is; the reply owns it. JSON and bytes stay where native code put them.</summary>
    public static RpcReply Native(NativeResult result)
    {
        switch (result.Kind)
        {
            case NativeResultKind.Json when result.Binaries.Count > 0:
                return BinaryMarkers.ToReply(result);
            case NativeResultKind.Json:
                return Json(result.Utf8, result);
            case NativeResultKind.Binary:
                return Binary(result.Utf8, result);
        }

        using (result)
        {
            return result.Kind switch
            {
                NativeResultKind.Null => Json(NullJson),
                NativeResultKind.Boolean => Boolean(result.Boolean),
                NativeResultKind.Number => Number(result.Number),
                NativeResultKind.String => Json(JsonText.Quote(result.Utf8.Span)),
                NativeResultKind.Object => throw new InvalidOperationException("A native object is no result of an operation"),
                _ => Undefined(),
            };
        }
    }
}
