using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ITwinOrleans.Tests.Peer;

/// <summary>An answer: its status, its headers and its body after transfer and content coding are undone.</summary>
public sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static RawResponse Parse(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new RawResponse(0, new Dictionary<string, string>(), bytes);
        string[] lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            headers[line[..colon]] = headers.TryGetValue(line[..colon], out string? before) ? $"{before}, {line[(colon + 1)..].Trim()}" : line[(colon + 1)..].Trim();
        }

        byte[] body = bytes[(end + 4)..];
        if (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
            body = Dechunk(body);
        return new RawResponse(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, Decode(body, headers.GetValueOrDefault("Content-Encoding")));
    }

    private static byte[] Dechunk(byte[] body)
    {
        using var whole = new MemoryStream();
        int position = 0;
        while (true)
        {
            int lineEnd = body.AsSpan(position).IndexOf("\r\n"u8);
            int size = lineEnd < 0 ? 0 : int.Parse(Encoding.ASCII.GetString(body, position, lineEnd), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return whole.ToArray();
            whole.Write(body, position + lineEnd + 2, size);
            position += lineEnd + 2 + size + 2;
        }
    }

    private static byte[] Decode(byte[] body, string? coding)
    {
        using var source = new MemoryStream(body);
        using Stream? decoder = coding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null)
            return body;
        using var decoded = new MemoryStream();
        decoder.CopyTo(decoded);
        return decoded.ToArray();
    }
}
