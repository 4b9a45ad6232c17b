using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ITwinOrleans.Backend.Json;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>The parameters of a call: a JSON array split into its items, each read only by the operation that wants it.</summary>
/// <remarks>What the peer's JavaScript takes for <c>undefined</c> is the same here: a parameter that is absent or <c>null</c>.</remarks>
public sealed class RpcArguments
{
    // How much of a wrong request its error says again, in bytes.
    private const int MaxQuoted = 1024;

    private static readonly ReadOnlyMemory<byte> Null = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte>[] _items;

    private RpcArguments(ReadOnlyMemory<byte>[] items) => _items = items;

    /// <summary>How many parameters there are.</summary>
    public int Count => _items.Length;

    /// <summary>The parameter's JSON text; <c>null</c>'s when it is absent.</summary>
    public ReadOnlyMemory<byte> this[int index] => IsThere(index) ? _items[index] : Null;

    /// <summary>Splits a call's parameters.</summary>
    /// <exception cref="RpcException">They are no JSON array.</exception>
    public static RpcArguments Parse(ReadOnlyMemory<byte> parameters)
    {
        if (parameters.IsEmpty)
            return new RpcArguments([]);
        try
        {
            var items = new List<ReadOnlyMemory<byte>>(4);
            var reader = new Utf8JsonReader(parameters.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw Invalid();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(parameters[start..(int)reader.BytesConsumed]);
            }

            if (reader.Read())
                throw Invalid();
            return new RpcArguments([.. items]);
        }
        catch (JsonException)
        {
            string text = Encoding.UTF8.GetString(parameters.Span[..Math.Min(parameters.Length, MaxQuoted)]);
            throw RpcException.Numbered(ErrorNames.GeneralError, $"Invalid JSON: \"{text}\"");
        }
    }

    /// <summary>Properties of an object as parameters, in the order of the names.</summary>
    public static RpcArguments FromProperties(ReadOnlyMemory<byte> value, params ReadOnlySpan<string> names)
    {
        var items = new ReadOnlyMemory<byte>[names.Length];
        for (int i = 0; i < names.Length; i++)
            items[i] = JsonSlices.Property(value, Encoding.UTF8.GetBytes(names[i]));
        return new RpcArguments(items);
    }

    /// <summary>Whether the parameter is absent or <c>null</c>.</summary>
    public bool IsMissing(int index) => !IsThere(index) || _items[index].Span.SequenceEqual(Null.Span);

    /// <summary>Whether the parameter was given, be it as <c>null</c>.</summary>
    public bool IsThere(int index) => index < _items.Length && !_items[index].IsEmpty;

    /// <summary>The kind of value that the parameter is; <see cref="JsonTokenType.Null"/> when it is absent.</summary>
    public JsonTokenType KindOf(int index)
    {
        if (IsMissing(index))
            return JsonTokenType.Null;
        var reader = new Utf8JsonReader(_items[index].Span);
        reader.Read();
        return reader.TokenType;
    }

    /// <summary>The text of a parameter that must be a string.</summary>
    /// <exception cref="RpcException">It is something else.</exception>
    public string GetString(int index, string name) =>
        TryGetString(index) ?? throw RpcException.WrongType($"The parameter {name} must be a string");

    /// <summary>The text of a parameter if it is a string, else null.</summary>
    public string? TryGetString(int index)
    {
        if (KindOf(index) != JsonTokenType.String)
            return null;
        var reader = new Utf8JsonReader(_items[index].Span);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>The JSON of a parameter that must be an object.</summary>
    /// <exception cref="RpcException">It is something else.</exception>
    public ReadOnlyMemory<byte> GetObject(int index, string name) => KindOf(index) == JsonTokenType.StartObject
        ? _items[index]
        : throw RpcException.WrongType($"The parameter {name} must be an object");

    /// <summary>The strings of a parameter that is an array of strings; none when it is absent.</summary>
    /// <exception cref="RpcException">It is something else.</exception>
    public IReadOnlyList<string> GetStrings(int index, string name)
    {
        switch (KindOf(index))
        {
            case JsonTokenType.Null:
                return [];
            case JsonTokenType.String:
                // JavaScript's strings are sequences of their characters, and so the peer answers them.
                return [.. GetString(index, name).EnumerateRunes().Select(static rune => rune.ToString())];
            case JsonTokenType.StartArray:
                return ReadStrings(_items[index].Span, name);
            default:
                throw RpcException.WrongType($"The parameter {name} must be an array of strings");
        }
    }

    /// <summary>A parameter as a value; null when it is absent.</summary>
    /// <exception cref="RpcException">It does not have that shape.</exception>
    public T? Get<T>(int index, string name, JsonTypeInfo<T> type)
    {
        try
        {
            return IsMissing(index) ? default : JsonSerializer.Deserialize(_items[index].Span, type);
        }
        catch (JsonException exception)
        {
            throw RpcException.WrongType($"The parameter {name} does not have the right shape, at {exception.Path}");
        }
    }

    private static List<string> ReadStrings(ReadOnlySpan<byte> json, string name)
    {
        var strings = new List<string>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw RpcException.WrongType($"The parameter {name} must be an array of strings");
            strings.Add(reader.GetString()!);
        }

        return strings;
    }

    private static RpcException Invalid() =>
        new(new RpcError("Error", "The parameters are not a JSON array", ErrorNames.GeneralError));
}
