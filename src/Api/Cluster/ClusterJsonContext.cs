using System.Text.Json.Serialization;

namespace ITwinOrleans.Api.Cluster;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterAnswer))]
internal sealed partial class ClusterJsonContext : JsonSerializerContext;
