using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Grains.Live.Calls;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>What the owner answers an opening, for callers with fewer rights than the owner gives.</summary>
internal static class OpenAnswers
{
    /// <summary>Whether the owner takes transactions.</summary>
    public static bool IsWritable(ReadOnlyMemory<byte> answer) => JsonSerializer.Deserialize(answer.Span, LiveCallJson.Default.OpenAnswer)!.Writable;

    /// <summary>The same for somebody who may only read.</summary>
    public static ReadOnlyMemory<byte> WithoutWriting(ReadOnlyMemory<byte> answer)
    {
        JsonObject json = JsonNode.Parse(answer.Span)!.AsObject();
        json["writable"] = false;
        json["reason"] = "You have no right to edit this iModel.";
        return JsonSerializer.SerializeToUtf8Bytes(json, LiveHubJson.Default.JsonObject);
    }
}
