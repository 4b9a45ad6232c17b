using System.Text.Json;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Native.Interop;

/// <summary>Writes an exception of ours as the JavaScript error that native code gets.</summary>
internal static class ErrorJson
{
    public static byte[] Write(Exception exception)
    {
        if (exception is NativeException { Json.IsEmpty: false } native)
            return native.Json.ToArray();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("name", exception is NativeException named ? named.Name : "Error");
            writer.WriteString("message", exception.Message);
            if (exception is NativeException { ErrorNumber: not 0 } numbered)
                writer.WriteNumber("errorNumber", numbered.ErrorNumber);
            if (exception is NativeException { Scope.Length: > 0 } scoped)
            {
                writer.WriteStartObject("iTwinErrorId");
                writer.WriteString("scope", scoped.Scope);
                writer.WriteString("key", scoped.Key);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
