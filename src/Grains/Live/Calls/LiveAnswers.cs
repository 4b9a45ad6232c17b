using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Grains.Live.Calls;

/// <summary>Answers of an owner that carry no more than that something was, or was not, done.</summary>
public static class LiveAnswers
{
    /// <summary>It was done: <c>{}</c>.</summary>
    public static ReadOnlyMemory<byte> Done { get; } = "{}"u8.ToArray();

    /// <summary>How the JSON of a refusal begins, and that of nothing else.</summary>
    public static ReadOnlySpan<byte> RefusalStart => "{\"error\""u8;

    /// <summary>It was not: <c>{"error": …}</c>.</summary>
    public static ReadOnlyMemory<byte> Refused(LiveRefusal refusal) =>
        JsonSerializer.SerializeToUtf8Bytes(new LiveRefusalAnswer(refusal), LiveJson.Default.LiveRefusalAnswer);

    /// <inheritdoc cref="Refused(LiveRefusal)"/>
    public static ReadOnlyMemory<byte> Refused(string name, string message) => Refused(new LiveRefusal(name, message));
}
