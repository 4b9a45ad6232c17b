using System.Text;
using Microsoft.Extensions.Primitives;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Text bodies in the character sets that a browser sends; UTF-8 passes untouched.</summary>
internal static class TextBody
{
    /// <summary>Gives the text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="RpcRequestException">The character set is not known here (415).</exception>
    public static ReadOnlyMemory<byte> ToUtf8(byte[] body, StringSegment charset)
    {
        if (!charset.HasValue || Is(charset, "utf-8") || Is(charset, "utf8") || Is(charset, "us-ascii"))
            return body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? body.AsMemory(Encoding.UTF8.Preamble.Length) : body;
        if (Is(charset, "iso-8859-1") || Is(charset, "latin1"))
            return Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(body));
        throw new RpcRequestException(StatusCodes.Status415UnsupportedMediaType, "Invalid request: the text's character set is not UTF-8.");
    }

    private static bool Is(StringSegment charset, string name) =>
        charset.Equals(name, StringComparison.OrdinalIgnoreCase) || charset.Equals($"\"{name}\"", StringComparison.OrdinalIgnoreCase);
}
