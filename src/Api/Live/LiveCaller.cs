using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Api.Live;

/// <summary>Calls owners, also while they move: a call that an owner did not take, or whose answer was lost, is repeated. Writes have an operation id for it.</summary>
internal sealed partial class LiveCaller(
    ILiveIModels iModels, IOptions<LiveHubOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveCaller> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Calls the owner of an iModel.</summary>
    /// <returns>UTF-8 JSON: the answer or a refusal.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string key, LiveCall call, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            ReadOnlyMemory<byte> answer;
            try
            {
                answer = await iModels.CallAsync(key, call, cancellationToken).ConfigureAwait(false);
            }
            catch (IModelBusyException busy)
            {
                return LiveAnswers.Refused(LiveRefusals.Busy, busy.Message);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Lost(logger, call.Operation, key, exception);
                answer = LiveAnswers.Refused(LiveRefusals.Moved, "The iModel's owner cannot be reached now. Send the operation again under its id.");
            }

            // A process that is told to end does not wait: its clients find another one, and owners forget the sessions of one that is silent.
            if (!IsMoved(answer) || lifetime.ApplicationStopping.IsCancellationRequested || time.GetElapsedTime(began) >= options.Value.MovePatience)
                return answer;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsMoved(ReadOnlyMemory<byte> answer) => answer.Span.StartsWith("{\"error\":{\"name\":\"Moved\""u8);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Operation} of {Key} was lost on its way and is repeated")]
        public static partial void Lost(ILogger logger, LiveOperation operation, string key, Exception exception);
    }
}
