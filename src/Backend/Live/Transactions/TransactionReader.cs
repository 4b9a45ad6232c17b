using System.Security.Cryptography;
using System.Text.Json;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Live.Transactions;

/// <summary>Reads a transaction's JSON. The operations' props are not read: they stay slices of the text.</summary>
internal sealed class TransactionReader
{
    private const int MaxIdLength = 128, MaxDescriptionLength = 1000;

    private readonly LiveOptions _options;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly List<LiveOperation> _operations = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string? _operationId;
    private string _description = "";
    private LiveState? _base;
    private byte[]? _hash;

    private TransactionReader(ReadOnlyMemory<byte> json, LiveOptions options) => (_json, _options) = (json, options);

    /// <summary>Reads a transaction.</summary>
    /// <exception cref="LiveRefusedException">It is not well-formed or too large.</exception>
    public static LiveTransaction Read(ReadOnlyMemory<byte> json, LiveOptions options)
    {
        if (json.Length > options.MaxTransactionBytes)
            throw TooLarge($"The transaction has {json.Length} bytes; {options.MaxTransactionBytes} are allowed. Split it.");
        try
        {
            return new TransactionReader(json, options).Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Text that is no Unicode is noticed when it is read, by an InvalidOperationException.
            throw new LiveRefusedException(new LiveRefusal(LiveRefusals.InvalidTransaction, $"The transaction is no valid JSON: {exception.Message}"), exception);
        }
    }

    /// <summary>Checks an operation id.</summary>
    /// <exception cref="LiveRefusedException">It is missing or too long.</exception>
    public static string CheckOperationId(string? operationId) => operationId is { Length: > 0 and <= MaxIdLength }
        ? operationId
        : throw Invalid($"operationId must be a text of 1 to {MaxIdLength} characters, new for each operation");

    /// <summary>Checks a description.</summary>
    /// <exception cref="LiveRefusedException">It is too long.</exception>
    public static string CheckDescription(string? description) => description is null or { Length: <= MaxDescriptionLength }
        ? description ?? ""
        : throw Invalid($"description may have {MaxDescriptionLength} characters at most");

    private LiveTransaction Read()
    {
        var reader = new Utf8JsonReader(_json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw Invalid("The transaction must be a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            reader.Read();
            switch (property)
            {
                case "operationId":
                    _operationId = Text(ref reader, property);
                    break;
                case "description":
                    _description = CheckDescription(Text(ref reader, property));
                    break;
                case "base":
                    _base = reader.TokenType == JsonTokenType.Null ? null : JsonSerializer.Deserialize(ref reader, LiveJson.Default.LiveState);
                    break;
                case "operations":
                    int start = (int)reader.TokenStartIndex;
                    ReadOperations(ref reader);
                    _hash = SHA256.HashData(_json.Span[start..(int)reader.BytesConsumed]);
                    break;
                default:
                    throw Invalid($"The transaction has an unknown property \"{property}\"; known are operationId, description, base, operations");
            }
        }

        CheckOperationId(_operationId);
        if (_hash is null || _operations.Count == 0)
            throw Invalid("operations must be an array with at least one operation");
        return new LiveTransaction(_operationId!, _description, _base, _operations, _names.Count > 0, _hash);
    }

    private void ReadOperations(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Invalid("operations must be an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_operations.Count == _options.MaxOperations)
                throw TooLarge($"The transaction has more than the {_options.MaxOperations} operations that are allowed. Split it.");
            _operations.Add(ReadOperation(ref reader));
        }
    }

    private LiveOperation ReadOperation(ref Utf8JsonReader reader)
    {
        int index = _operations.Count;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Invalid("An operation must be a JSON object", index);
        string? action = null, entity = null, name = null, id = null;
        ReadOnlyMemory<byte> props = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            reader.Read();
            switch (property)
            {
                case "action":
                    action = Text(ref reader, property, index);
                    break;
                case "entity":
                    entity = Text(ref reader, property, index);
                    break;
                case "name":
                    name = Text(ref reader, property, index);
                    break;
                case "id":
                    id = Text(ref reader, property, index);
                    break;
                case "props":
                    props = Object(ref reader, index);
                    break;
                default:
                    throw Invalid($"The operation has an unknown property \"{property}\"; known are action, entity, name, id, props", index);
            }
        }

        return Check(new LiveOperation(ActionOf(action, index), EntityOf(entity, index), name, id, props), index);
    }

    private LiveOperation Check(LiveOperation operation, int index)
    {
        bool byProps = operation is not { Action: OperationAction.Delete, Entity: not EntityKind.Relationship };
        if (byProps && operation.Props.IsEmpty)
            throw Invalid("The operation needs props", index);
        if (!byProps && (operation.Id is null || !operation.Props.IsEmpty))
            throw Invalid("A delete needs an id and no props; that of a relationship needs props with classFullName and id", index);
        if (operation.Id is { } id && operation.Action != OperationAction.Delete && !(operation.Action == OperationAction.Insert && Id64.IsValid(id)))
            throw Invalid("id is of a delete, or of an insert an id that was reserved for it; an update has its id in props", index);
        if (operation.Name is not { } name)
            return operation;
        if (operation.Action != OperationAction.Insert)
            throw Invalid("Only an insert has a name", index);
        if (name.Length is 0 or > MaxIdLength || !_names.Add(name))
            throw Invalid($"A name has 1 to {MaxIdLength} characters and is used for one insert", index);
        return operation;
    }

    private ReadOnlyMemory<byte> Object(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Invalid("props must be a JSON object", index);
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return _json[start..(int)reader.BytesConsumed];
    }

    private static string Text(ref Utf8JsonReader reader, string property, int? index = null) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Invalid($"{property} must be a text", index);

    private static OperationAction ActionOf(string? text, int index) => text switch
    {
        "insert" => OperationAction.Insert,
        "update" => OperationAction.Update,
        "delete" => OperationAction.Delete,
        _ => throw Invalid("action must be insert, update or delete", index),
    };

    private static EntityKind EntityOf(string? text, int index) => text switch
    {
        "element" => EntityKind.Element,
        "model" => EntityKind.Model,
        "aspect" => EntityKind.Aspect,
        "relationship" => EntityKind.Relationship,
        _ => throw Invalid("entity must be element, model, aspect or relationship", index),
    };

    private static LiveRefusedException Invalid(string message, int? operation = null) => new(LiveRefusals.InvalidTransaction, message, operation);

    private static LiveRefusedException TooLarge(string message) => new(LiveRefusals.TooLarge, message);
}
