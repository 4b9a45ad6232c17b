using System.Buffers;
using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>The changes of a frontend that it has not saved yet: operations of a transaction, with the ids that a trial gave to its inserts.</summary>
internal sealed class StagedChanges
{
    /// <summary>Each further one tries out all of them again.</summary>
    public const int Most = 2000;

    private readonly List<byte[]> _operations = [];
    private LiveState? _base;

    /// <summary>How many there are.</summary>
    public int Count => _operations.Count;

    /// <summary>All of them, and one more, as a transaction to be tried out.</summary>
    /// <exception cref="LiveRefusedException">There are too many.</exception>
    public ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> operation) => _operations.Count < Most
        ? Write(Guid.NewGuid().ToString("N"), "", null, operation)
        : throw new LiveRefusedException(LiveRefusals.TooLarge, $"There are {Most} unsaved changes, which is as many as there may be. Save them.");

    /// <summary>Keeps an operation that was tried out.</summary>
    /// <param name="operation">The operation, a JSON object.</param>
    /// <param name="id">The id that its insert got; null for another operation.</param>
    /// <param name="seen">The state that the frontend has seen; that of the first operation counts.</param>
    public void Add(ReadOnlyMemory<byte> operation, string? id, LiveState seen)
    {
        _base ??= seen;
        _operations.Add(id is null ? operation.ToArray() : WithId(operation, id));
    }

    /// <summary>All of them as a transaction to be saved. It is refused where somebody else changed the same since the first was made.</summary>
    public ReadOnlyMemory<byte> ToTransaction(string operationId, string description) => Write(operationId, description, _base, default);

    /// <summary>Drops them.</summary>
    public void Clear()
    {
        _operations.Clear();
        _base = null;
    }

    private ReadOnlyMemory<byte> Write(string operationId, string description, LiveState? state, ReadOnlyMemory<byte> last)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("operationId"u8, operationId);
        writer.WriteString("description"u8, description);
        if (state is { } known)
        {
            writer.WritePropertyName("base"u8);
            JsonSerializer.Serialize(writer, known, LiveJson.Default.LiveState);
        }

        writer.WriteStartArray("operations"u8);
        foreach (byte[] operation in _operations)
            writer.WriteRawValue(operation, skipInputValidation: true);
        if (!last.IsEmpty)
            writer.WriteRawValue(last.Span, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static byte[] WithId(ReadOnlyMemory<byte> operation, string id)
    {
        using JsonDocument document = JsonDocument.Parse(operation);
        var buffer = new ArrayBufferWriter<byte>(operation.Length + 32);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
            property.WriteTo(writer);
        writer.WriteString("id"u8, id);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
