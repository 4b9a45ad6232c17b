using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>Writes messages to one client and waits until they are on their way: what a client does not read costs nobody else's time, and no memory.</summary>
internal sealed partial class ClientWriter(HubConnectionContext connection, SemaphoreSlim largeMessages, LiveHubOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Larger ones are counted: SignalR copies a message whole for each connection.</summary>
    private const int Large = 256 * 1024;

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Closed => connection.ConnectionAborted;

    /// <summary>Disconnects the client.</summary>
    public void Abort() => connection.Abort();

    /// <summary>Writes a message. A client that takes none for long is disconnected.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task WriteAsync(OutgoingMessage message)
    {
        if (message.Size <= Large)
        {
            await WriteNowAsync(message).ConfigureAwait(false);
            return;
        }

        await largeMessages.WaitAsync(Closed).ConfigureAwait(false);
        try
        {
            await WriteNowAsync(message).ConfigureAwait(false);
        }
        finally
        {
            largeMessages.Release();
        }
    }

    private async ValueTask WriteNowAsync(OutgoingMessage message)
    {
        Closed.ThrowIfCancellationRequested();
        ValueTask write = connection.WriteAsync(message.Message, Closed);
        if (write.IsCompletedSuccessfully)
            return;
        try
        {
            await write.AsTask().WaitAsync(options.StallTime, time, Closed).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.Stalled(logger, connection.ConnectionId, options.StallTime);
            connection.Abort();
            throw new OperationCanceledException(Closed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The client {Connection} read nothing for {Time} and is disconnected")]
        public static partial void Stalled(ILogger logger, string connection, TimeSpan time);
    }
}
