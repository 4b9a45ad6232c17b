using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Api.Rpc;

/// <summary>A reply as HTTP sees it: status and body, decided by the protocol version of the client.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Text">The text of the body; with binaries, their JSON; empty for <c>undefined</c>.</param>
internal readonly record struct RpcAnswer(int StatusCode, ReadOnlyMemory<byte> Text)
{
    /// <summary>Binary values: one alone is the body; with text they are parts of a multipart body.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Binaries { get; init; } = [];

    /// <summary>Whether it is a result, which alone may be cached.</summary>
    public bool IsResult { get; init; }

    /// <summary>The answer for an operation's reply (core-common <c>RpcInvocation.fulfillRejected</c> and <c>transformResponseStatus</c>).</summary>
    public static RpcAnswer For(RpcReply reply, RpcRequest request, ErrorStatusCodes codes) => reply.Status switch
    {
        RpcStatus.Resolved => new RpcAnswer(StatusCodes.Status200OK, reply.Json) { Binaries = reply.Binaries, IsResult = true },
        RpcStatus.Pending => Managed(request, StatusCodes.Status202Accepted, "pending", reply.Json),
        RpcStatus.NotFound => Managed(
            request, StatusCodes.Status404NotFound, "notFound", RpcErrorBody.OfIModelNotFound(reply.Error?.Message ?? "iModel not found")),
        RpcStatus.NoContent when request.SupportsNoContent => new RpcAnswer(StatusCodes.Status204NoContent, default),
        RpcStatus.NoContent => ForError(reply.Error ?? new RpcError("No Content", "No content", ErrorNumbers.NoContent), request, codes),
        _ => ForError(reply.Error ?? new RpcError("Error", "The operation failed.", ErrorNumbers.Error), request, codes),
    };

    /// <summary>The answer for an error.</summary>
    public static RpcAnswer ForError(RpcError error, RpcRequest request, ErrorStatusCodes codes) =>
        new(StatusOf(error, request, codes), RpcErrorBody.Of(error));

    private static int StatusOf(RpcError error, RpcRequest request, ErrorStatusCodes codes)
    {
        if (!request.SupportsStatusCategory)
            return StatusCodes.Status500InternalServerError;
        int code = StatusCategory.CodeOf(error.ErrorNumber);

        // An error is never a success, whatever its number: the frontend would take the error for the result.
        if (code < StatusCodes.Status400BadRequest)
            return StatusCodes.Status500InternalServerError;
        bool readable = code is StatusCodes.Status404NotFound or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests;
        return codes == ErrorStatusCodes.ByCategory || readable ? code : StatusCodes.Status500InternalServerError;
    }

    private static RpcAnswer Managed(RpcRequest request, int statusCode, string managedStatus, ReadOnlyMemory<byte> value) =>
        new(statusCode, request.SupportsStatusCategory ? RpcErrorBody.OfManaged(managedStatus, value) : value);
}
