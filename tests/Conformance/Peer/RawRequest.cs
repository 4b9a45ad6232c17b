using System.Text;

namespace ITwinOrleans.Tests.Peer;

/// <summary>A request in the form in which it goes over the wire.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">The request target, not escaped any further.</param>
public sealed record RawRequest(string Method, string Target)
{
    public static RawRequest Get(string target) => new("GET", target);

    /// <summary>A POST of text, as the frontend sends parameters.</summary>
    public static RawRequest Post(string target, string text) => new("POST", target) { ContentType = "text/plain", Body = Encoding.UTF8.GetBytes(text) };

    public string? ContentType { get; init; }

    public byte[]? Body { get; init; }

    /// <summary>Headers beyond Host, Connection, Content-Type and Content-Length.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [("X-Correlation-Id", "7e9f8c1a-0000-4000-8000-000000000001"), ("X-Protocol-Version", "2")];

    public RawRequest With(string name, string value) => this with { Headers = [.. Without(name).Headers, (name, value)] };

    public RawRequest Without(string name) =>
        this with { Headers = [.. Headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))] };

    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        foreach ((string name, string value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (ContentType is not null)
            head.Append("Content-Type: ").Append(ContentType).Append("\r\n");
        if (Body is not null)
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body ?? []];
    }
}
