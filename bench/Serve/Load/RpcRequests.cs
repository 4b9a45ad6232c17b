using System.Globalization;
using System.Text;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>Makes the bytes of requests, as a frontend in a browser sends them.</summary>
/// <param name="IModel">The iModel.</param>
/// <param name="Brotli">Whether to ask for compression, as browsers do.</param>
internal sealed record RpcRequests(OpenIModel IModel, bool Brotli)
{
    /// <summary>A cacheable operation: a GET with the parameters in the URL.</summary>
    /// <param name="operation">For example <c>IModelReadRpcInterface-3.7.0-getConnectionProps</c>.</param>
    /// <param name="arguments">The JSON of the arguments after the token.</param>
    public byte[] Get(string operation, params string[] arguments) =>
        Plain("GET", $"{Path(operation)}?parameters={Uri.EscapeDataString(Convert.ToBase64String(Encoding.Latin1.GetBytes(Parameters(arguments))))}", null);

    /// <summary>Any other operation.</summary>
    public byte[] Post(string operation, params string[] arguments) => Plain("POST", Path(operation), Parameters(arguments));

    /// <summary>A request that is no operation.</summary>
    public byte[] Plain(string method, string target, string? body, string contentType = "text/plain")
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\nAccept: */*\r\n");
        head.Append("User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\r\n");
        head.Append("X-Application-Id: bench\r\nX-Application-Version: 1.0\r\nX-Protocol-Version: 2\r\n");
        head.Append("X-Session-Id: c259fe56-4d8e-45db-86c1-a7cb33de42c2\r\nX-Correlation-Id: fe0aa9b7-31a5-42b1-9e49-8a8ff134791d\r\n");
        if (Brotli)
            head.Append("Accept-Encoding: gzip, deflate, br, zstd\r\n");
        byte[] bytes = body is null ? [] : Encoding.UTF8.GetBytes(body);
        if (body is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. bytes];
    }

    private string Path(string operation) => $"/bench/v1.0/mode/1/context/{IModel.ITwinId}/imodel/{IModel.IModelId}/changeset/0/{operation}";

    private string Parameters(string[] arguments) => $"[{string.Join(',', arguments.Prepend(IModel.Token))}]";
}
