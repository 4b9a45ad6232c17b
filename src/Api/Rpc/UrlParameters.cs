using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// Parameters that came in the URL: base64 of the JSON's Latin-1 bytes, because the frontend encodes them with <c>btoa</c>. A character
/// above U+00FF cannot occur there; one between U+0080 and U+00FF is one byte here and two in UTF-8.
/// </summary>
internal static class UrlParameters
{
    /// <summary>Decodes to UTF-8. As in Node, what follows the first <c>=</c> does not count, nor does a last lonely character.</summary>
    /// <param name="encoded">Only <c>A-Z a-z 0-9 + / = $</c>, checked before.</param>
    public static byte[] Decode(string encoded)
    {
        ReadOnlySpan<char> text = encoded;
        int padding = text.IndexOf('=');
        if (padding >= 0)
            text = text[..padding];
        if (text.Contains('$'))
            text = text.ToString().Replace("$", "", StringComparison.Ordinal);
        if (text.Length % 4 == 1)
            text = text[..^1];

        // Unpadded is what base64url is; only its two own characters differ.
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length + 4);
        try
        {
            int length = Encoding.Latin1.GetBytes(text, rented);
            Span<byte> characters = rented.AsSpan(0, length);
            characters.Replace((byte)'+', (byte)'-');
            characters.Replace((byte)'/', (byte)'_');
            ClearTrailingBits(characters);
            int decoded = Base64Url.DecodeFromUtf8InPlace(characters);
            ReadOnlySpan<byte> latin1 = rented.AsSpan(0, decoded);
            return Ascii.IsValid(latin1) ? latin1.ToArray() : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(latin1));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The bits of the last character that belong to no byte: the decoder refuses them, Node ignores them.</summary>
    private static void ClearTrailingBits(Span<byte> characters)
    {
        int keep = (characters.Length % 4) switch { 2 => 0b110000, 3 => 0b111100, _ => -1 };
        if (keep < 0)
            return;
        ReadOnlySpan<byte> alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8;
        characters[^1] = alphabet[alphabet.IndexOf(characters[^1]) & keep];
    }
}
