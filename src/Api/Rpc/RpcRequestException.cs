namespace ITwinOrleans.Api.Rpc;

/// <summary>A request that cannot become a call. Its message goes to the client.</summary>
internal sealed class RpcRequestException(int statusCode, string message) : Exception(message)
{
    /// <summary>The HTTP status to answer with.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>A request without its required parts (400, as core-backend answers).</summary>
    public static RpcRequestException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>Whether it failed where the operation would have read it: it is answered as an error of the operation.</summary>
    public bool IsOperationError => StatusCode == StatusCodes.Status500InternalServerError;

    /// <summary>Parameters that are no JSON array (500, as core-backend answers: the frontend can show it).</summary>
    public static RpcRequestException BadParameters(string message) => new(StatusCodes.Status500InternalServerError, message);
}
