using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Runs the operations that belong to no iModel (versions, process information, the tile format's version) in one of the silo's workers.</summary>
public sealed partial class ServerCalls(
    IWorkerPool pool, IOperationSafety safety, IOptions<OwnerOptions> options, TimeProvider time, ILogger<ServerCalls> logger)
{
    private readonly CallGate _gate = new(options.Value.MaxConcurrentCalls, options.Value.MaxQueuedCalls, options.Value.RetryAfter);

    /// <summary>Runs one operation.</summary>
    /// <returns>The reply, which the caller disposes.</returns>
    /// <exception cref="IModelBusyException">A bound was reached; nothing ran.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RpcReply> InvokeAsync(RpcCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var pass = await _gate.EnterAsync(either.Token).ConfigureAwait(false);
            for (var attempt = 1; ; attempt++)
            {
                if (await TryAsync(call, attempt, either.Token).ConfigureAwait(false) is { } reply)
                    return reply;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Replies.TimedOut(options.Value.CallTimeout);
        }
    }

    private async Task<RpcReply?> TryAsync(RpcCall call, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await new IModelWorkerClient(pool.AnyWorker()).InvokeAsync("", RpcFreshness.Live, call, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkFailedException exception)
        {
            Log.Broken(logger, call.Interface, call.Operation, call.Activity.Id, exception);
            return Replies.Broken();
        }
        catch (WorkerLostException exception) when (exception.Reason != WorkerLossReason.Stopped)
        {
            if (exception.MayHaveRun && !safety.IsRepeatable(call))
                return Replies.OutcomeUnknown();
            return attempt <= options.Value.MaxRetries ? null : Replies.Lost(attempt);
        }
        catch (WorkerException exception)
        {
            throw new IModelBusyException("The server has too much to do, or is stopping.", options.Value.RetryAfter, exception, isMoving: exception is WorkerLostException);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2121, Level = LogLevel.Error, Message = "{Interface}.{Operation} broke ({ActivityId}).")]
        public static partial void Broken(ILogger logger, string @interface, string operation, string activityId, Exception exception);
    }
}
