namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>What frontends and their IPC calls log.</summary>
internal static partial class IpcLog
{
    [LoggerMessage(1, LogLevel.Information, "A frontend says, in {Category}: {Text}")]
    public static partial void Frontend(ILogger logger, string category, string text);

    [LoggerMessage(2, LogLevel.Error, "The IPC call {Method} failed")]
    public static partial void Failed(ILogger logger, string method, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "A frontend sent {Count} values to the channel {Channel}, where nobody listens")]
    public static partial void Unheard(ILogger logger, string channel, int count);
}
