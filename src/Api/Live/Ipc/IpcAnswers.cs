using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>The answers of IPC calls, as iTwin.js's backend gives them (core-backend <c>IpcHost</c>).</summary>
internal static class IpcAnswers
{
    /// <summary>core-bentley <c>BentleyError.iTwinErrorScope</c>: the frontend makes a <c>BackendError</c> of it, with number and message.</summary>
    private const string ErrorScope = "bentley-error";

    /// <summary>core-bentley <c>BentleyStatus.ERROR</c>, of errors that have no number of their own.</summary>
    private const int GeneralError = 0x8000;

    /// <summary>Nothing: <c>undefined</c>.</summary>
    public static JsonNode? Undefined => null;

    /// <summary>A result.</summary>
    public static ReadOnlyMemory<byte> Of(JsonNode? result) =>
        result is null ? "{}"u8.ToArray() : Encoding.UTF8.GetBytes(new JsonObject { ["result"] = result }.ToJsonString());

    /// <summary>An error. What a refusal says besides its message are properties of the error.</summary>
    public static ReadOnlyMemory<byte> OfError(LiveRefusal refusal)
    {
        JsonObject error = JsonSerializer.SerializeToNode(refusal, LiveJson.Default.LiveRefusal)!.AsObject();
        error["errorNumber"] ??= GeneralError;
        error["iTwinErrorId"] = new JsonObject { ["scope"] = ErrorScope, ["key"] = refusal.Name };
        return Encoding.UTF8.GetBytes(new JsonObject { ["error"] = error }.ToJsonString());
    }

    /// <summary>The JSON of an owner's answer; its refusal is thrown.</summary>
    /// <exception cref="LiveRefusedException">It is a refusal.</exception>
    public static JsonNode Accepted(ReadOnlyMemory<byte> answer)
    {
        JsonNode json = JsonNode.Parse(answer.Span) ?? throw new JsonException("The owner answered null.");
        return json is JsonObject withError && withError.ContainsKey("error")
            ? throw new LiveRefusedException(JsonSerializer.Deserialize(answer.Span, LiveJson.Default.LiveRefusalAnswer)!.Error)
            : json;
    }
}
