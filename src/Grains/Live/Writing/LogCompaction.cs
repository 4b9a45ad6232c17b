using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>Makes the file the journal's new base when the journal has grown. Writes wait for its first half only.</summary>
internal sealed partial class LogCompaction(string key, OwnerContext context, IModelHolder holder, LiveCore core)
{
    /// <summary>Compacts; never fails: what could not be done is due again.</summary>
    /// <param name="resume">Called when writes may go on.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> RunAsync(Action resume)
    {
        OpenIModel? open = null;
        try
        {
            using var turn = await core.Turns.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            open = await holder.EnterAsync(CancellationToken.None, forWriting: true).ConfigureAwait(false);
            if (open?.Writing is not { } writing)
                return false;
            await writing.Journal.CompactAsync(
                async cancellationToken =>
                {
                    var answer = await core.Client.CheckpointAsync(
                        new CheckpointWork(open.Handle, writing.Ownership.Epoch, core.Feed.Head.Sequence), cancellationToken).ConfigureAwait(false);
                    if (answer.Length > 0)
                        throw new WorkFailedException(LiveRefusals.StorageFailed, "The log could not be moved into the file.");
                    resume();
                },
                CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is WorkerException or DurabilityException or IModelBusyException or NotAnIModelException or IOException)
        {
            Log.NotCompacted(context.Logger, key, exception);
            return false;
        }
        finally
        {
            if (open is not null)
                holder.Leave(open);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2231, Level = LogLevel.Warning, Message = "The journal of {Key} could not be compacted; it goes on growing until that is tried again.")]
        public static partial void NotCompacted(ILogger logger, string key, Exception exception);
    }
}
