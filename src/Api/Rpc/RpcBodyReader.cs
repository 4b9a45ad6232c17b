using System.Buffers;
using System.IO.Pipelines;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Reads a request's body into one array of its own: the call may outlive the request, and nobody may change its bytes.</summary>
internal static class RpcBodyReader
{
    /// <summary>Reads to the end.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than the server's limit, or came too slowly.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
                throw new OperationCanceledException(cancellationToken);
            if (result.IsCompleted)
            {
                byte[] body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
