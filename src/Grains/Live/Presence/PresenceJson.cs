using System.Text.Json;
using System.Text.Json.Serialization;

namespace ITwinOrleans.Grains.Live.Presence;

/// <summary>The parts of presence, which only frontends understand.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PresenceJson : JsonSerializerContext;
