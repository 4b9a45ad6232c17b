using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Sessions;

namespace ITwinOrleans.Grains.Live.Presence;

/// <summary>What others see of one person. Each part has the version of the presence in which it last changed.</summary>
internal sealed class PersonState(LiveSession session, long joined)
{
    public static readonly string[] Parts = ["selection", "camera", "cursor"];

    private readonly ReadOnlyMemory<byte>[] _values = new ReadOnlyMemory<byte>[Parts.Length];
    private readonly long[] _versions = new long[Parts.Length];

    /// <summary>The version in which the person came.</summary>
    public long Joined => joined;

    /// <summary>The version in which any part last changed.</summary>
    public long Changed => Math.Max(_versions[0], Math.Max(_versions[1], _versions[2]));

    /// <summary>Sets a part.</summary>
    public void Set(int part, ReadOnlyMemory<byte> json, long version) => (_values[part], _versions[part]) = (json, version);

    /// <summary>Writes the whole person.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("session"u8, session.Id);
        writer.WritePropertyName("user"u8);
        JsonSerializer.Serialize(writer, session.User, LiveCallJson.Default.LiveUser);
        if (session.Color is not null)
            writer.WriteString("color"u8, session.Color);
        WriteParts(writer, -1);
        writer.WriteEndObject();
    }

    /// <summary>Writes what changed after a version.</summary>
    public void WriteChanges(Utf8JsonWriter writer, long after)
    {
        writer.WriteStartObject();
        writer.WriteString("session"u8, session.Id);
        WriteParts(writer, after);
        writer.WriteEndObject();
    }

    private void WriteParts(Utf8JsonWriter writer, long after)
    {
        for (var part = 0; part < Parts.Length; part++)
        {
            if (_versions[part] <= after || _values[part].IsEmpty)
                continue;
            writer.WritePropertyName(Parts[part]);
            writer.WriteRawValue(_values[part].Span, skipInputValidation: true);
        }
    }
}
