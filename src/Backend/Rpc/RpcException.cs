namespace ITwinOrleans.Backend.Rpc;

/// <summary>Ends an operation with an error that its frontend is meant to read.</summary>
/// <param name="error">The error as the frontend gets it.</param>
/// <param name="status">How the request ended.</param>
public sealed class RpcException(RpcError error, RpcStatus status = RpcStatus.Rejected) : Exception(error.Message)
{
    /// <summary>The error as the frontend gets it.</summary>
    public RpcError Error => error;

    /// <summary>How the request ended.</summary>
    public RpcStatus Status => status;

    /// <summary>An error with an iTwin.js number; its name is the one that iTwin.js gives that number.</summary>
    public static RpcException Numbered(int errorNumber, string message) =>
        new(new RpcError(ErrorNames.Of(errorNumber), message, errorNumber));

    /// <summary>A plain JavaScript <c>Error</c>, without a number.</summary>
    public static RpcException Plain(string message) => new(new RpcError("Error", message, 0));

    /// <summary>A JavaScript <c>TypeError</c>: an argument is of a wrong type.</summary>
    public static RpcException WrongType(string message) => new(new RpcError("TypeError", message, 0));

    /// <summary>The <c>TypeError</c> that native code throws for an argument of a wrong type.</summary>
    public static RpcException NativeType(string message) => new(new RpcError("TypeError", message, 0)
    {
        Properties = """{"iTwinErrorId":{"scope":"imodel-native","key":"TypeError"}}"""u8.ToArray(),
    });

    /// <summary>The iModel is not open here; the frontend opens it again and repeats the request.</summary>
    public static RpcException IModelNotFound() =>
        new(new RpcError("Not Open", "iModel not found", (int)Native.Errors.IModelStatus.NotOpen), RpcStatus.NotFound);
}
