using System.Text.Json.Serialization;

namespace ITwinOrleans.Api.Live;

/// <summary>JSON that passes through the hub unread: a transaction on its way to the worker, a record on its way to the clients.</summary>
/// <param name="Utf8">The JSON's text. May not change any more.</param>
[JsonConverter(typeof(RawJsonConverter))]
public sealed record RawJson(ReadOnlyMemory<byte> Utf8);
