using System.Text.Json;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>The first parameter of a call, which says where the call belongs: a token, or a text, or neither.</summary>
/// <param name="Token">The token, when the parameter is an object that names an iModel.</param>
/// <param name="Text">The text, when the parameter is one.</param>
internal readonly record struct RpcArgument(IModelToken? Token, string? Text)
{
    private const int MaxTextBytes = 4096;

    /// <summary>Reads the first parameter and nothing behind it. Parameters that are no JSON array have none: the operation itself says what is wrong.</summary>
    public static RpcArgument Read(ReadOnlyMemory<byte> parameters)
    {
        try
        {
            var reader = new Utf8JsonReader(parameters.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read())
                return default;
            return reader.TokenType switch
            {
                JsonTokenType.StartObject => new RpcArgument(ReadToken(ref reader), null),
                JsonTokenType.String => new RpcArgument(null, ValueOf(ref reader)),
                _ => default,
            };
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static IModelToken? ReadToken(ref Utf8JsonReader reader)
    {
        var token = new IModelToken();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("key"u8))
                token = token with { Key = ReadText(ref reader) };
            else if (reader.ValueTextEquals("iTwinId"u8))
                token = token with { ITwinId = ReadText(ref reader) };
            else if (reader.ValueTextEquals("iModelId"u8))
                token = token with { IModelId = ReadText(ref reader) };
            else if (reader.ValueTextEquals("changeset"u8))
                token = token with { ChangesetId = ReadChangesetId(ref reader) };
            else
                SkipValue(ref reader);
        }

        return token.Key is null && token.IModelId is null ? null : token;
    }

    private static string? ReadChangesetId(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                id = ReadText(ref reader);
            else
                SkipValue(ref reader);
        }

        return id;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return ValueOf(ref reader);
        reader.Skip();
        return null;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static string? ValueOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxTextBytes)
            return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Invalid UTF-8 or half a surrogate pair names nothing.
        }
    }
}
