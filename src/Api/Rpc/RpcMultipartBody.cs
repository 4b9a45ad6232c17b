using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Rpc;

/// <summary>
/// A <c>multipart/form-data</c> body: the part <c>objects</c> is the JSON, the parts <c>data-0</c>, <c>data-1</c>, ... are its binary
/// values. The parts are slices of the body, nothing is copied.
/// </summary>
internal static class RpcMultipartBody
{
    private const int MaxParts = 1024;
    private const int MaxPartHead = 4096;

    /// <summary>Takes the body apart.</summary>
    /// <exception cref="RpcRequestException">It is no well-formed multipart body of that boundary.</exception>
    public static RpcParameters Parse(ReadOnlyMemory<byte> body, string boundary)
    {
        if (boundary.Length is 0 or > 200)
            throw Malformed("the boundary is missing or too long");
        byte[] delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);
        ReadOnlyMemory<byte> json = default;
        var binaries = new SortedDictionary<int, ReadOnlyMemory<byte>>();

        // The first delimiter may stand at the very start, without its line break.
        int position = body.Span.StartsWith(delimiter.AsSpan(2)) ? delimiter.Length - 2 : NextPart(body.Span, 0, delimiter);
        for (int parts = 0; !IsEnd(body.Span, position); parts++)
        {
            if (parts == MaxParts)
                throw Malformed("too many parts");
            int headStart = SkipLineBreak(body.Span, position);
            int headLength = body.Span[headStart..].IndexOf("\r\n\r\n"u8);
            if (headLength is < 0 or > MaxPartHead)
                throw Malformed("a part has no end of its headers");
            int contentStart = headStart + headLength + 4;

            // Content that is empty ends with the line break that also ends the headers.
            int contentLength = body.Span[(contentStart - 2)..].IndexOf(delimiter) - 2;
            if (contentLength < -2)
                throw Malformed("a part has no end");
            ReadOnlyMemory<byte> content = contentLength <= 0 ? default : body.Slice(contentStart, contentLength);
            string name = PartName(body.Span.Slice(headStart, headLength));
            if (name == "objects")
                json = content;
            else if (name.StartsWith("data-", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                binaries[index] = content;
            position = contentStart + contentLength + delimiter.Length;
        }

        return new RpcParameters(json) { Binaries = WithoutGap(binaries) };
    }

    /// <summary>The values up to the first missing index, as core-backend takes them.</summary>
    private static List<ReadOnlyMemory<byte>> WithoutGap(SortedDictionary<int, ReadOnlyMemory<byte>> binaries)
    {
        var list = new List<ReadOnlyMemory<byte>>(binaries.Count);
        foreach ((int index, ReadOnlyMemory<byte> binary) in binaries)
        {
            if (index != list.Count)
                break;
            list.Add(binary);
        }

        return list;
    }

    private static int NextPart(ReadOnlySpan<byte> body, int from, byte[] delimiter)
    {
        int at = body[from..].IndexOf(delimiter);
        return at < 0 ? throw Malformed("the boundary does not occur") : from + at + delimiter.Length;
    }

    private static bool IsEnd(ReadOnlySpan<byte> body, int position) =>
        body[position..].StartsWith("--"u8) || (position >= body.Length ? throw Malformed("it has no end") : false);

    private static int SkipLineBreak(ReadOnlySpan<byte> body, int position)
    {
        while (position < body.Length && body[position] is (byte)' ' or (byte)'\t')
            position++;
        return body[position..].StartsWith("\r\n"u8) ? position + 2 : throw Malformed("a boundary is not the end of its line");
    }

    private static string PartName(ReadOnlySpan<byte> head)
    {
        foreach (Range range in head.Split("\r\n"u8))
        {
            ReadOnlySpan<byte> line = head[range];
            int colon = line.IndexOf((byte)':');
            if (colon > 0 && Encoding.ASCII.GetString(line[..colon]).Equals("content-disposition", StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(Encoding.UTF8.GetString(line[(colon + 1)..]), out ContentDispositionHeaderValue? disposition))
                return HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        }

        return "";
    }

    private static RpcRequestException Malformed(string why) => RpcRequestException.Malformed($"Invalid request: malformed multipart body: {why}.");
}
