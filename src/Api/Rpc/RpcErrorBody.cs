using System.Text.Encodings.Web;
using System.Text.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>The JSON bodies of what is not a result, as core-common's <c>RpcMarshaling</c> and <c>RpcInvocation</c> make them.</summary>
internal static class RpcErrorBody
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"message":..,"errorNumber":..,"name":..,"isError":true}</c> and the error's own further properties.</summary>
    public static ReadOnlyMemory<byte> Of(RpcError error) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, error.Message);
        if (error.ErrorNumber != 0)
            writer.WriteNumber("errorNumber"u8, error.ErrorNumber);
        writer.WriteString("name"u8, error.Name);
        if (!error.Properties.IsEmpty)
            CopyProperties(writer, error.Properties);
        writer.WriteBoolean("isError"u8, true);
        writer.WriteEndObject();
    });

    /// <summary><c>{"message":..,"isError":true}</c>: the request did not get as far as an operation.</summary>
    public static ReadOnlyMemory<byte> OfMessage(string message) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, message);
        writer.WriteBoolean("isError"u8, true);
        writer.WriteEndObject();
    });

    /// <summary>What <c>IModelNotFoundResponse</c> looks like: the frontend opens the iModel again.</summary>
    public static ReadOnlyMemory<byte> OfIModelNotFound(string message) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, message);
        writer.WriteBoolean("isIModelNotFoundResponse"u8, true);
        writer.WriteEndObject();
    });

    /// <summary>Wraps a body for a client that knows managed responses.</summary>
    /// <param name="managedStatus"><c>pending</c>, <c>notFound</c> or <c>noContent</c>.</param>
    /// <param name="responseValue">The body that older clients get.</param>
    public static ReadOnlyMemory<byte> OfManaged(string managedStatus, ReadOnlyMemory<byte> responseValue) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("iTwinRpcCoreResponse"u8, true);
        writer.WriteString("managedStatus"u8, managedStatus);
        writer.WriteString("responseValue"u8, responseValue.Span);
        writer.WriteEndObject();
    });

    private static void CopyProperties(Utf8JsonWriter writer, ReadOnlyMemory<byte> properties)
    {
        using JsonDocument document = JsonDocument.Parse(properties);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name is not ("message" or "errorNumber" or "name" or "isError" or "stack"))
                property.WriteTo(writer);
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            write(writer);
        return buffer.WrittenMemory;
    }
}
