using System.Text.Json;
using System.Text.Json.Serialization;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Api.Live.Relay;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live;

/// <summary>The JSON of the hub's own small parts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(ReloadNotice))]
[JsonSerializable(typeof(OpenArguments))]
[JsonSerializable(typeof(LiveState?))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonArray))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LiveHubJson : JsonSerializerContext;
