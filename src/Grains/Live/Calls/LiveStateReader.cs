using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>Reads <c>epoch</c> and <c>sequence</c> of a record or a result and nothing else: they come first, and the rest may be megabytes.</summary>
public static class LiveStateReader
{
    /// <summary>The state.</summary>
    /// <exception cref="JsonException">The JSON names none.</exception>
    public static LiveState Read(ReadOnlySpan<byte> json) => TryRead(json) ?? throw new JsonException("The JSON names no state of a live iModel.");

    /// <summary>The state; null when the JSON names none (a refusal).</summary>
    public static LiveState? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        long? epoch = null, sequence = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("epoch"u8))
                epoch = Number(ref reader);
            else if (reader.ValueTextEquals("sequence"u8))
                sequence = Number(ref reader);
            else
                reader.Skip();
            if (epoch is { } e && sequence is { } s)
                return new LiveState(e, s);
        }

        return null;
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}
