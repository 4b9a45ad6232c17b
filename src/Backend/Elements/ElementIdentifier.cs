using System.Text.Json;
using ITwinOrleans.Backend.Json;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Backend.Elements;

/// <summary>Names an element to native code by what a client gave: an id, a federation GUID or a code (core-backend <c>loadElementProps</c>).</summary>
internal static class ElementIdentifier
{
    /// <summary>iTwin.js <c>ElementLoadProps</c>, JSON: the client's options with the identifier added.</summary>
    /// <param name="arguments">The call's parameters.</param>
    /// <param name="identifier">Which one is the identifier.</param>
    /// <param name="options">Which one is the options.</param>
    public static byte[] ToLoadProps(RpcArguments arguments, int identifier, int options)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            if (arguments.KindOf(options) == JsonTokenType.StartObject)
            {
                foreach (JsonProperty option in JsonElement.Parse(arguments[options].Span).EnumerateObject())
                {
                    if (option.Name is not ("id" or "federationGuid" or "code"))
                        option.WriteTo(writer);
                }
            }

            if (arguments.TryGetString(identifier) is { } text)
                writer.WriteString(Id64.IsWellFormed(text) ? "id"u8 : "federationGuid"u8, text);
            else
                WriteCode(writer, arguments.KindOf(identifier) == JsonTokenType.StartObject ? arguments[identifier] : default);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // core-common's Code trims the value; without a code it is the empty one, which names nothing.
    private static void WriteCode(Utf8JsonWriter writer, ReadOnlyMemory<byte> code)
    {
        string? spec = code.IsEmpty ? null : JsonSlices.Text(code, "spec"u8);
        writer.WriteStartObject("code"u8);
        writer.WriteString("spec"u8, Id64.IsValid(spec) ? spec : Id64.Invalid);
        writer.WriteString("scope"u8, code.IsEmpty ? "" : JsonSlices.Text(code, "scope"u8) ?? "");
        writer.WriteString("value"u8, code.IsEmpty ? "" : JsonSlices.Text(code, "value"u8)?.Trim() ?? "");
        writer.WriteEndObject();
    }
}
