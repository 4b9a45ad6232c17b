using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Live.Hub;

/// <summary>Bounds the rate of each connection's calls, and turns what a call throws into an answer that says what to do.</summary>
internal sealed partial class LiveHubFilter(ILogger<LiveHubFilter> logger) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!LiveHub.ConnectionOf(context.Context).MayCall(out bool isFlood))
        {
            if (isFlood)
            {
                Log.Flooded(logger, context.Context.ConnectionId);
                context.Context.Abort();
            }

            return Refusal(LiveRefusals.Busy, "You ask too often. Wait a moment and ask again.");
        }

        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (LiveRefusedException refused)
        {
            return new RawJson(LiveAnswers.Refused(refused.Refusal));
        }
        catch (OperationCanceledException) when (context.Context.ConnectionAborted.IsCancellationRequested)
        {
            return Refusal(LiveRefusals.OutcomeUnknown, "The connection was closed.");
        }
        catch (Exception exception)
        {
            Log.Failed(logger, context.HubMethodName, exception);
            return Refusal(LiveRefusals.OutcomeUnknown, "The server failed; its log has more. Send an operation again under its id to learn whether it was applied.");
        }
    }

    private static RawJson Refusal(string name, string message) => new(LiveAnswers.Refused(name, message));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The client {Connection} floods the hub and is disconnected")]
        public static partial void Flooded(ILogger logger, string connection);

        [LoggerMessage(2, LogLevel.Error, "{Method} failed")]
        public static partial void Failed(ILogger logger, string method, Exception exception);
    }
}
