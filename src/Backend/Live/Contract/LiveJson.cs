using System.Text.Json.Serialization;

namespace ITwinOrleans.Backend.Live.Contract;

/// <summary>The JSON of live iModels, as <c>docs/live.md</c> shows it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LiveState))]
[JsonSerializable(typeof(LiveAuthor))]
[JsonSerializable(typeof(LiveResult))]
[JsonSerializable(typeof(LiveRefusalAnswer))]
[JsonSerializable(typeof(LiveCommitHeader))]
[JsonSerializable(typeof(LiveCommitHeader[]))]
[JsonSerializable(typeof(LiveFeedHead))]
[JsonSerializable(typeof(LiveVersion))]
[JsonSerializable(typeof(LiveVersion[]))]
public sealed partial class LiveJson : JsonSerializerContext;
