using System.Text.Json;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Live.Hub;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>The IPC of one connection: brings each call to its channel's functions, and answers as iTwin.js's backend does.</summary>
internal sealed class IpcDispatcher
{
    private readonly IpcFunctions _functions;
    private readonly EditFunctions _edits;
    private readonly ILogger _logger;

    public IpcDispatcher(LiveServices services, LiveConnection connection)
    {
        var calls = new IpcCalls(connection);
        _functions = new IpcFunctions(connection, calls, new IpcOpening(services, connection), services.Logger);
        _edits = new EditFunctions(calls);
        _logger = services.Logger;
    }

    /// <summary>Runs a call.</summary>
    /// <returns><c>{ result }</c> or <c>{ error }</c>.</returns>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(string channel, string method, JsonElement[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var given = new IpcArguments(method, arguments);
            JsonNode? result = channel switch
            {
                IpcChannels.Functions => await _functions.InvokeAsync(method, given, cancellationToken).ConfigureAwait(false),
                IpcChannels.Edit => await _edits.InvokeAsync(method, given, cancellationToken).ConfigureAwait(false),
                _ => throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"There is no IPC channel \"{channel}\"."),
            };
            return IpcAnswers.Of(result);
        }
        catch (LiveRefusedException refused)
        {
            return IpcAnswers.OfError(refused.Refusal);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            IpcLog.Failed(_logger, method, exception);
            return IpcAnswers.OfError(new LiveRefusal(LiveRefusals.OutcomeUnknown, "The server failed; its log has more."));
        }
    }
}
