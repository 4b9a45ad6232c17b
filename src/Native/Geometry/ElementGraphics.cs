using System.Text.Json;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Geometry;

/// <summary>The answer to a request for element graphics. Holds native memory: the caller disposes it.</summary>
public sealed class ElementGraphics : IDisposable
{
    private readonly NativeResult _answer;

    private ElementGraphics(NativeResult answer, ElementGraphicsStatus status)
    {
        _answer = answer;
        Status = status;
    }

    /// <summary>What became of the request.</summary>
    public ElementGraphicsStatus Status { get; }

    /// <summary>The graphics, a tile in iMdl format; empty without success.</summary>
    public ReadOnlyMemory<byte> Content => _answer.Binaries.Count > 0 ? _answer.Binaries[0] : default;

    /// <inheritdoc/>
    public void Dispose() => _answer.Dispose();

    internal static ElementGraphics Read(NativeResult answer)
    {
        var reader = new Utf8JsonReader(answer.Utf8.Span);
        var status = ElementGraphicsStatus.InvalidJson;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("status"u8))
                continue;
            reader.Read();
            status = (ElementGraphicsStatus)reader.GetInt32();
            break;
        }

        return new ElementGraphics(answer, status);
    }
}
