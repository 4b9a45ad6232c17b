using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Conformance.Tests;

/// <summary>An answer as far as it is compared.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers that matter: the media type, the caching, the protocol version.</param>
/// <param name="Body">The parsed body. Binary parts are texts of base64.</param>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, JsonNode? Body)
{
    public static Answer Of(RawResponse response)
    {
        string contentType = response.Header("Content-Type") ?? "";
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = contentType.Split("boundary=")[0],
            ["Cache-Control"] = response.Header("Cache-Control") ?? "",
            ["X-Protocol-Version"] = response.Header("X-Protocol-Version") ?? "",
        };
        return new Answer(response.Status, headers, Parse(contentType, response.Body));
    }

    private static JsonNode? Parse(string contentType, byte[] body)
    {
        if (body.Length == 0)
            return null;
        if (contentType.StartsWith("application/octet-stream", StringComparison.Ordinal))
            return Convert.ToBase64String(body);
        if (contentType.StartsWith("multipart/", StringComparison.Ordinal))
            return ParseMultipart(contentType.Split("boundary=")[1], body);
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return "(no JSON) " + Encoding.UTF8.GetString(body);
        }
    }

    private static JsonObject ParseMultipart(string boundary, byte[] body)
    {
        var parts = new JsonObject();
        string text = Encoding.Latin1.GetString(body);
        foreach (string part in ("\r\n" + text).Split("\r\n--" + boundary).Skip(1).SkipLast(1))
        {
            int end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            string name = part[..end].Split("name=\"")[1].Split('"')[0];
            byte[] content = Encoding.Latin1.GetBytes(part[(end + 4)..]);
            parts[name] = name == "objects" ? JsonNode.Parse(content) : Convert.ToBase64String(content);
        }

        return parts;
    }
}
