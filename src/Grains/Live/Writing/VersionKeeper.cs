using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Owners;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>Keeps a version that the worker has named: first its files, then the timeline with it, then everybody finds it.</summary>
internal sealed partial class VersionKeeper(string key, OwnerContext context, OutputGate gate)
{
    /// <summary>Keeps it. The worker has no way back, so a store that cannot be reached is asked until it can.</summary>
    /// <param name="writing">The opening that it was named in.</param>
    /// <param name="answer">The version as the worker answered it, UTF-8 JSON.</param>
    /// <param name="cancellationToken">The owner ends: its successor does not have the version.</param>
    /// <exception cref="StaleEpochException">Somebody took a later epoch, and does not have the version.</exception>
    public async Task KeepAsync(WritableFile writing, byte[] answer, CancellationToken cancellationToken)
    {
        var version = JsonSerializer.Deserialize(answer, LiveJson.Default.LiveVersion)!;
        try
        {
            await UntilReachedAsync(
                token => context.Live.Versions.StoreAsync(writing.Ownership, writing.Path, version.Index, token), cancellationToken).ConfigureAwait(false);
            await UntilReachedAsync(writing.Journal.SyncAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What the live file has now is not what the journal may get: the next owner opens the last acknowledged state.
            gate.Fail(exception);
            throw;
        }

        await PlaceAsync(writing, new ChangesetRef(version.Id, version.Index), cancellationToken).ConfigureAwait(false);
        context.Catalog.Rescan();
    }

    /// <summary>Puts the versions of a timeline that the journal has in their place. What cannot be done now is done by the next opening.</summary>
    public async Task PlaceAsync(WritableFile writing, ChangesetRef newest, CancellationToken cancellationToken)
    {
        try
        {
            await context.Live.Versions.PlaceAsync(writing.Ownership, writing.Path, newest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JournalUnavailableException or IOException or UnauthorizedAccessException)
        {
            Log.NotPlaced(context.Logger, key, exception);
        }
    }

    private async Task UntilReachedAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await step(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (JournalUnavailableException)
            {
                await Task.Delay(context.Live.Options.JournalRetryInterval, context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2241, Level = LogLevel.Warning, Message = "A version of {Key} is not beside its file yet, so that it cannot be opened or downloaded; the next opening tries again.")]
        public static partial void NotPlaced(ILogger logger, string key, Exception exception);
    }
}
