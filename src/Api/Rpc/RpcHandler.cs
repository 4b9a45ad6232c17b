using System.Diagnostics;
using ITwinOrleans.Api.Limits;
using ITwinOrleans.Api.Security;
using ITwinOrleans.Backend.Rpc;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Rpc;

/// <summary>One RPC request from its HTTP beginning to its HTTP end.</summary>
internal sealed partial class RpcHandler(
    RpcDispatcher dispatcher, AdmissionControl admission, IAccessResolver accessResolver, IOptions<RpcOptions> options, TimeProvider time,
    ILogger<RpcHandler> logger)
{
    private readonly RpcOptions _options = options.Value;

    /// <summary>Handles a request; every failure becomes an answer.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers[RpcProtocol.ProtocolVersion] = RpcProtocol.ServerVersion;
        RpcRequest? request = null;
        long started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            request = RpcRequestReader.ReadHead(context);
            using IDisposable? scope = logger.BeginScope(new RpcLogScope(request));
            await AnswerAsync(context, request, linked.Token).ConfigureAwait(false);
            Log.Answered(logger, request.Path.Interface, request.Path.Operation, context.Response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (RpcRequestException exception)
        {
            Log.Refused(logger, exception.StatusCode, exception.Message);
            if (exception.IsOperationError && request is not null)
                await WriteErrorAsync(context, request, new RpcError("Error", exception.Message, ErrorNumbers.Error), context.RequestAborted).ConfigureAwait(false);
            else
                await WriteProblemAsync(context, exception.StatusCode, "Error: " + exception.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            Log.Refused(logger, exception.StatusCode, exception.Message);
            await WriteProblemAsync(context, exception.StatusCode, "Error: " + exception.Message).ConfigureAwait(false);
        }
        catch (RpcBusyException exception)
        {
            Log.Throttled(logger, StatusCodes.Status503ServiceUnavailable, request?.Path.Operation ?? "");
            context.Response.Headers.RetryAfter = exception.RetryAfterSeconds;
            await WriteProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "Error: " + exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientLeft(logger, request?.Path.Operation ?? "");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Log.TimedOut(logger, request?.Path.Operation ?? "", _options.RequestTimeout.TotalSeconds);
            await WriteProblemAsync(context, StatusCodes.Status504GatewayTimeout, "Error: the operation took too long.").ConfigureAwait(false);
        }
        catch (Exception exception) when (!Debugger.IsAttached)
        {
            Log.Failed(logger, exception, request?.Path.Operation ?? "");
            await WriteProblemAsync(
                context, StatusCodes.Status500InternalServerError,
                $"Error: the server failed; its log has more under the activity {request?.Activity.Id ?? "(none)"}.").ConfigureAwait(false);
        }
    }

    private async ValueTask AnswerAsync(HttpContext context, RpcRequest request, CancellationToken cancellationToken)
    {
        IIModelAccess access = accessResolver.Resolve(context);
        RpcOperationDescription? operation = dispatcher.Find(request.Path, access, out RpcError? error);
        if (error is not null)
        {
            await WriteErrorAsync(context, request, error, cancellationToken).ConfigureAwait(false);
            return;
        }

        using Admission entry = await admission.EnterAsync(ClientKey.Of(context), request.Path.Target.IModelId, cancellationToken).ConfigureAwait(false);
        if (!entry.IsGranted)
        {
            Log.Throttled(logger, entry.StatusCode, request.Path.Operation);
            context.Response.Headers.RetryAfter = entry.RetryAfterSeconds;
            await WriteProblemAsync(context, entry.StatusCode, entry.Reason).ConfigureAwait(false);
            return;
        }

        RpcParameters parameters = await RpcRequestReader.ReadParametersAsync(context, request, cancellationToken).ConfigureAwait(false);
        if (parameters.Json.IsEmpty)
            throw RpcRequestException.BadParameters("Invalid JSON: the array of parameters is missing.");
        var call = new RpcCall
        {
            Interface = request.Path.Interface,
            Version = request.Path.Version,
            Operation = request.Path.Operation,
            Parameters = parameters.Json,
            Binaries = parameters.Binaries,
            Activity = request.Activity,
        };
        using RpcReply reply = await dispatcher.InvokeAsync(context, call, request.Path.Target with { Access = access }, cancellationToken).ConfigureAwait(false);
        RpcAnswer answer = RpcAnswer.For(reply, request, _options.ErrorStatusCodes);
        await RpcResponseWriter.WriteAsync(context, request, operation, reply.Freshness, answer, _options, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteErrorAsync(HttpContext context, RpcRequest request, RpcError error, CancellationToken cancellationToken) =>
        RpcResponseWriter.WriteAsync(
            context, request, null, RpcFreshness.Live, RpcAnswer.ForError(error, request, _options.ErrorStatusCodes), _options, cancellationToken);

    private static async Task WriteProblemAsync(HttpContext context, int statusCode, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Headers.Remove("Content-Encoding");
        await RpcResponseWriter.WriteProblemAsync(context, statusCode, message, context.RequestAborted).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Interface}.{Operation} answered {StatusCode} in {Milliseconds:F1} ms")]
        public static partial void Answered(ILogger logger, string @interface, string operation, int statusCode, double milliseconds);

        [LoggerMessage(2, LogLevel.Information, "Refused a request with {StatusCode}: {Reason}")]
        public static partial void Refused(ILogger logger, int statusCode, string reason);

        [LoggerMessage(3, LogLevel.Debug, "The client left during {Operation}")]
        public static partial void ClientLeft(ILogger logger, string operation);

        [LoggerMessage(4, LogLevel.Warning, "{Operation} was given up after {Seconds} s")]
        public static partial void TimedOut(ILogger logger, string operation, double seconds);

        [LoggerMessage(5, LogLevel.Error, "{Operation} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string operation);

        [LoggerMessage(6, LogLevel.Warning, "Throttled with {StatusCode}: {Operation}")]
        public static partial void Throttled(ILogger logger, int statusCode, string operation);
    }
}
