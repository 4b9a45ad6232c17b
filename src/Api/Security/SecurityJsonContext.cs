using System.Text.Json.Serialization;

namespace ITwinOrleans.Api.Security;

[JsonSerializable(typeof(string[]))]
internal sealed partial class SecurityJsonContext : JsonSerializerContext;
