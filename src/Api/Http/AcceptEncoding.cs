using System.Globalization;

namespace ITwinOrleans.Api.Http;

/// <summary>Reads the request header <c>Accept-Encoding</c>.</summary>
internal static class AcceptEncoding
{
    /// <summary>The best coding that the client takes: br, else gzip, else none. A weight of zero excludes a coding.</summary>
    public static ContentCoding Choose(string header)
    {
        bool gzip = false;
        foreach (Range range in header.AsSpan().Split(','))
        {
            ReadOnlySpan<char> item = header.AsSpan()[range].Trim();
            int semicolon = item.IndexOf(';');
            ReadOnlySpan<char> name = (semicolon < 0 ? item : item[..semicolon]).TrimEnd();
            if (semicolon >= 0 && IsZeroWeight(item[(semicolon + 1)..].Trim()))
                continue;
            if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
                return ContentCoding.Brotli;
            gzip |= name.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        }

        return gzip ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    private static bool IsZeroWeight(ReadOnlySpan<char> weight) =>
        weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(weight[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value == 0;
}
