using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Json;

/// <summary>Objects that native code gave, with properties added.</summary>
internal static class NativeResults
{
    /// <summary>The object's JSON with more properties at its end.</summary>
    /// <param name="result">An object.</param>
    /// <param name="properties">The properties' JSON, for example <c>"fromCache":0</c>.</param>
    public static Utf8Buffer With(NativeResult result, ReadOnlySpan<byte> properties)
    {
        ReadOnlySpan<byte> json = result.Utf8.Span.TrimEnd((byte)' ');
        var buffer = new Utf8Buffer(json.Length + properties.Length + 1);
        buffer.Write(json[..^1]);
        if (json.Length > 2)
            buffer.Write(","u8);
        buffer.Write(properties);
        buffer.Write("}"u8);
        return buffer;
    }
}
