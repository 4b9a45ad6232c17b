using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Native.Errors;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Backend.Rpc;

/// <summary>Runs RPC calls: finds the operation and the iModel, and turns what goes wrong into the error that the frontend gets.</summary>
public sealed partial class RpcDispatcher(RpcRegistry registry, IModelHost host, ILogger<RpcDispatcher> logger)
{
    /// <summary>Runs one call.</summary>
    /// <param name="call">The call; its bytes may not change until the task completes.</param>
    /// <param name="handle">The open iModel that the call is for; null to look it up by the key in the call's token; empty for none.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>The reply, which the caller disposes. Failures of the operation are replies, not exceptions.</returns>
    /// <exception cref="IModelNotOpenException">The handle is not open (any more); nothing ran.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RpcReply> InvokeAsync(RpcCall call, string? handle, CancellationToken cancellationToken)
    {
        IModelDb? iModel = string.IsNullOrEmpty(handle) ? null : host.Get(handle);
        try
        {
            Func<RpcRequest, Task<RpcReply>> operation = registry.Resolve(call);
            RpcArguments arguments = RpcArguments.Parse(call.Parameters);
            if (handle is null)
                iModel = host.FindByKey(IModelToken.KeyOf(arguments));
            return await operation(new RpcRequest(call, arguments, iModel, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (IModelNotOpenException) when (handle is null)
        {
            return Failed(RpcException.IModelNotFound());
        }
        catch (Exception exception) when (exception is not IModelNotOpenException)
        {
            return Fail(call, exception, iModel);
        }
    }

    private static RpcReply Failed(RpcException exception) => new() { Status = exception.Status, Error = exception.Error };

    private RpcReply Fail(RpcCall call, Exception exception, IModelDb? iModel)
    {
        switch (exception)
        {
            case RpcException expected:
                Log.Refused(logger, call.Interface, call.Operation, call.Activity.Id, expected.Message);
                return Failed(expected);
            case NativeException native:
                Log.Refused(logger, call.Interface, call.Operation, call.Activity.Id, native.Message);
                return new RpcReply { Status = RpcStatus.Rejected, Error = NativeErrors.ToRpcError(native, iModel) };
            // Text that is no Unicode passes as JSON and is noticed when it is read.
            case JsonException or InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" }:
                Log.Refused(logger, call.Interface, call.Operation, call.Activity.Id, exception.Message);
                return Failed(RpcException.Numbered(ErrorNames.GeneralError, "A parameter is not well-formed JSON"));
            default:
                Log.Broken(logger, call.Interface, call.Operation, call.Activity.Id, exception);
                return new RpcReply
                {
                    Status = RpcStatus.Rejected,
                    Error = new RpcError("Error", "The operation failed inside the backend; its log says why", ErrorNames.GeneralError),
                };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Interface}.{Operation} answered an error ({ActivityId}): {Reason}")]
        public static partial void Refused(ILogger logger, string @interface, string operation, string activityId, string reason);

        [LoggerMessage(2, LogLevel.Error, "{Interface}.{Operation} broke ({ActivityId})")]
        public static partial void Broken(ILogger logger, string @interface, string operation, string activityId, Exception exception);
    }
}
