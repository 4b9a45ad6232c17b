using System.Text.Json.Serialization;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>The JSON of the small parts of calls to the owner of a live iModel.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(OpenAnswer))]
[JsonSerializable(typeof(UndoRequest))]
[JsonSerializable(typeof(HistoryRequest))]
[JsonSerializable(typeof(NameVersionRequest))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(LiveUser))]
public sealed partial class LiveCallJson : JsonSerializerContext;
