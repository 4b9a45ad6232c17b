using ITwinOrleans.Api.Http;
using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Writes answers: their bytes go from the memory where they lie into the response (core-backend <c>rpc/web/response</c>).</summary>
internal static class RpcResponseWriter
{
    /// <summary>Writes an operation's answer.</summary>
    public static ValueTask WriteAsync(
        HttpContext context, RpcRequest request, RpcOperationDescription? operation, RpcFreshness freshness, RpcAnswer answer, RpcOptions options,
        CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.StatusCode;
        if (RpcCacheHeaders.Apply(context, request, operation, freshness, answer))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return ValueTask.CompletedTask;
        }

        if (answer.StatusCode == StatusCodes.Status204NoContent)
            return ValueTask.CompletedTask;
        if (answer.Binaries.Count == 0)
            return WriteBodyAsync(context, answer.Text, RpcProtocol.Text, BodyCompressor.TextQuality, options, cancellationToken);
        return answer.Text.IsEmpty
            ? WriteBodyAsync(context, answer.Binaries[0], RpcProtocol.Binary, BodyCompressor.BinaryQuality, options, cancellationToken)
            : WriteMultipartAsync(response, answer, cancellationToken);
    }

    /// <summary>Writes the answer to a request that did not get as far as an operation.</summary>
    public static ValueTask WriteProblemAsync(HttpContext context, int statusCode, string message, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.StatusCode = statusCode;
        response.Headers.CacheControl = RpcCacheHeaders.NoStore;
        ReadOnlyMemory<byte> body = RpcErrorBody.OfMessage(message);
        response.ContentType = RpcProtocol.Text;
        response.ContentLength = body.Length;
        return Write(response, body, cancellationToken);
    }

    private static ValueTask WriteBodyAsync(
        HttpContext context, ReadOnlyMemory<byte> body, string contentType, int quality, RpcOptions options, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.ContentType = contentType;
        if (options.Compression && body.Length >= options.CompressionThreshold && body.Length > 0)
        {
            ContentCoding coding = AcceptEncoding.Choose(context.Request.Headers.AcceptEncoding.ToString());
            if (coding != ContentCoding.Identity)
                return BodyCompressor.WriteAsync(response, body, coding, quality, cancellationToken);
        }

        response.ContentLength = body.Length;
        return Write(response, body, cancellationToken);
    }

    private static async ValueTask WriteMultipartAsync(HttpResponse response, RpcAnswer answer, CancellationToken cancellationToken)
    {
        var multipart = new RpcMultipartWriter(answer);
        response.ContentType = multipart.ContentType;
        response.ContentLength = multipart.Length;
        await multipart.WriteAsync(response.BodyWriter, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask Write(HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!body.IsEmpty)
            await response.BodyWriter.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }
}
