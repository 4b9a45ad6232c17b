using System.Text.Json;
using System.Text.Json.Nodes;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>What the owner answers an opening, for callers with fewer rights than the owner gives.</summary>
internal static class OpenAnswers
{
    /// <summary>The same for somebody who may only read.</summary>
    public static ReadOnlyMemory<byte> WithoutWriting(ReadOnlyMemory<byte> answer)
    {
        JsonObject json = JsonNode.Parse(answer.Span)!.AsObject();
        json["writable"] = false;
        json["reason"] = "You have no right to edit this iModel.";
        return JsonSerializer.SerializeToUtf8Bytes(json, LiveHubJson.Default.JsonObject);
    }
}
