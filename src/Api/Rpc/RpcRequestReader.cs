using ITwinOrleans.Backend.Rpc;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Reads an RPC request: first the parts before the body, then its parameters (core-backend <c>rpc/web/request</c>).</summary>
internal static class RpcRequestReader
{
    /// <summary>No id of an activity, session or application is longer.</summary>
    private const int MaxHeaderLength = 256;

    /// <summary>Reads URL and headers.</summary>
    /// <exception cref="RpcRequestException">The URL is none of an operation, or the activity's id is missing.</exception>
    public static RpcRequest ReadHead(HttpContext context)
    {
        string rawTarget = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!RpcRequestPath.TryParse(rawTarget, out RpcRequestPath? path, out string? problem))
            throw RpcRequestException.Malformed(problem);

        IHeaderDictionary headers = context.Request.Headers;
        var activity = new RpcActivity(
            Header(headers, RpcProtocol.CorrelationId), Header(headers, RpcProtocol.SessionId),
            Header(headers, RpcProtocol.ApplicationId), Header(headers, RpcProtocol.ApplicationVersion));
        if (activity.Id.Length == 0)
            throw RpcRequestException.Malformed("Invalid request: Missing required activity ID.");
        return new RpcRequest(path, activity, LeadingNumber(headers[RpcProtocol.ProtocolVersion].ToString()));
    }

    /// <summary>Reads the parameters from the URL or, without any there, from the body.</summary>
    /// <exception cref="RpcRequestException">They are of no kind that the protocol has.</exception>
    public static async ValueTask<RpcParameters> ReadParametersAsync(HttpContext context, RpcRequest request, CancellationToken cancellationToken)
    {
        if (request.HasUrlParameters)
            return new RpcParameters(UrlParameters.Decode(request.Path.EncodedParameters));

        // What the server could decompress has no such header any more.
        if (context.Request.Headers.ContentEncoding.Count > 0)
            throw new RpcRequestException(StatusCodes.Status415UnsupportedMediaType, "Invalid request: the body's Content-Encoding is not supported.");
        string contentType = context.Request.ContentType ?? "";
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? mediaType))
            throw UnreadableBody(contentType);

        byte[] body;
        if (mediaType.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            body = await RpcBodyReader.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false);
            return new RpcParameters(TextBody.ToUtf8(body, mediaType.Charset));
        }

        if (mediaType.MediaType.Equals(RpcProtocol.Binary, StringComparison.OrdinalIgnoreCase))
        {
            body = await RpcBodyReader.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false);
            return new RpcParameters(RpcProtocol.BinaryParameters) { Binaries = [body] };
        }

        if (mediaType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            string boundary = HeaderUtilities.RemoveQuotes(mediaType.Boundary).ToString();
            body = await RpcBodyReader.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false);
            return RpcMultipartBody.Parse(body, boundary);
        }

        throw UnreadableBody(contentType);
    }

    private static RpcRequestException UnreadableBody(string contentType) => RpcRequestException.BadParameters(
        $"Invalid JSON: a body of type \"{Printable(contentType)}\" is not read; send the array of parameters as text/plain, application/octet-stream or multipart/form-data.");

    private static string Printable(string text) => text.Length <= 80 ? text : text[..80];

    private static string Header(IHeaderDictionary headers, string name)
    {
        string value = headers[name].ToString();
        return value.Length <= MaxHeaderLength
            ? value
            : throw RpcRequestException.Malformed($"Invalid request: {name} is longer than {MaxHeaderLength} characters.");
    }

    /// <summary>The number that the text starts with (JavaScript's <c>parseInt</c>), else 0.</summary>
    private static int LeadingNumber(string text)
    {
        int number = 0;
        foreach (char digit in text.AsSpan().TrimStart())
        {
            if (!char.IsAsciiDigit(digit) || number > 1000)
                break;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
