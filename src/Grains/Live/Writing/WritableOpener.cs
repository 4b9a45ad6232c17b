using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Feed;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>Opens one iModel's file for writing, after the steps of <see cref="IOwnershipStore"/>, and ends what it opened.</summary>
/// <remarks>Used by one transition of the owner at a time, see <see cref="IModelHolder"/>.</remarks>
internal sealed partial class WritableOpener(
    string key, OwnerContext context, IModelWorkerClient worker, LiveWorkerClient live, FeedWindow feed, OutputGate gate, VersionKeeper versions)
{
    private const string NotEditable = "The iModel is a snapshot. A live iModel is a briefcase, or a standalone file with the local value StandaloneEdit.";
    private const int RecordsAtATime = 1000;
    private const long BytesAtATime = 8 << 20;

    private WritableFile? _file;
    private Ownership? _taken;
    private IDisposable? _hold;
    private DateTimeOffset _refusedUntil;

    /// <summary>Why the file could not be opened for writing when that was last tried; null when it could.</summary>
    public LiveRefusal? Refusal { get; private set; }

    /// <summary>The right to write that the opening has; null when it is not open for writing.</summary>
    public Ownership? Ownership => _file?.Ownership;

    /// <summary>Whether an opening for writing may be tried: it was not refused just now.</summary>
    public bool MayTry => Refusal is null || context.Time.GetUtcNow() >= _refusedUntil;

    /// <summary>Whether the catalogue's file is not the newest state, so that who only reads needs the opening for writing, too.</summary>
    /// <exception cref="IModelBusyException">The durable store cannot be reached.</exception>
    public async Task<bool> IsNeededToReadAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return entry.Description is not { IsEditable: false } && await context.Live.Files.IsElsewhereAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalUnavailableException exception)
        {
            throw Unreachable(exception);
        }
    }

    /// <summary>Opens it.</summary>
    /// <returns>Null when it can only be read; <see cref="Refusal"/> says why.</returns>
    /// <exception cref="IModelBusyException">The durable store cannot be reached.</exception>
    /// <exception cref="WorkerException">The worker was lost or has no room.</exception>
    public async Task<WritableFile?> TryOpenAsync(string handle, CatalogEntry entry, CancellationToken cancellationToken)
    {
        await EndAsync(release: false).ConfigureAwait(false);
        try
        {
            // What never can be written is neither taken nor stored as a base.
            entry = await context.Catalog.FindReadAsync(key, cancellationToken).ConfigureAwait(false) ?? entry;
            if (entry.Description is { IsEditable: false })
                throw new LiveRefusedException(LiveRefusals.NotWritable, NotEditable);
            _hold ??= context.Catalog.HoldLive(key);
            _file = await OpenAsync(handle, entry, cancellationToken).ConfigureAwait(false);
            Refusal = null;
            Log.Opened(context.Logger, key, _file.Ownership.Epoch, _file.State.Sequence);
            return _file;
        }
        catch (Exception exception) when (RefusalOf(exception) is { } refusal)
        {
            Refusal = refusal;
            _refusedUntil = context.Time.GetUtcNow() + context.Live.Options.WriteRetryInterval;
            Log.Refused(context.Logger, key, refusal.Message);
            await EndAsync(release: true).ConfigureAwait(false);
            return null;
        }
        catch (JournalUnavailableException exception)
        {
            await EndAsync(release: true).ConfigureAwait(false);
            throw Unreachable(exception);
        }
    }

    /// <summary>Makes everything safe before the worker closes the file.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_file is null || gate.Failure is not null)
            return;
        try
        {
            await gate.SettleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await _file.Journal.SyncAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DurabilityException or OperationCanceledException)
        {
            Log.NotFlushed(context.Logger, key, exception);
        }
    }

    /// <summary>Ends the last opening, once the worker has closed the file or was lost; harmless when there is none.</summary>
    /// <param name="release">Whether the ownership is given back, too, rather than taken again.</param>
    public async Task EndAsync(bool release)
    {
        await gate.SuspendAsync().ConfigureAwait(false);
        if (_file is not null)
            await _file.Journal.DisposeAsync().ConfigureAwait(false);
        _file = null;
        if (!release)
            return;
        if (_taken is not null)
            await ReleaseAsync(_taken).ConfigureAwait(false);
        _taken = null;
        _hold?.Dispose();
        _hold = null;
    }

    private async Task<WritableFile> OpenAsync(string handle, CatalogEntry entry, CancellationToken cancellationToken)
    {
        var (self, path) = (context.Live.Self, entry.Identity.Path);
        var known = await context.Live.Ownerships.FindAsync(key, path, cancellationToken).ConfigureAwait(false);
        var ownership = _taken = await context.Live.Ownerships.TakeAsync(
            new OwnershipRequest(key, path, self, known?.Epoch ?? 0) { AtLeast = entry.Description?.Epoch ?? 0 }, cancellationToken).ConfigureAwait(false);
        var file = await context.Live.Files.PrepareAsync(ownership, cancellationToken).ConfigureAwait(false);
        await context.Live.Versions.PrepareAsync(ownership, file, cancellationToken).ConfigureAwait(false);
        var journal = await context.Live.Journals.OpenAsync(ownership, file, cancellationToken).ConfigureAwait(false);
        try
        {
            var props = await worker.OpenAsync(new OpenWork(handle, key, file, new OpenForWriting(ownership.Epoch, self.Name, journal.NeedsLog)), cancellationToken).ConfigureAwait(false);
            var state = StateOf(props);
            await journal.SyncAsync(cancellationToken).ConfigureAwait(false);
            await gate.BeginAsync(journal, await ReadMissedAsync(handle, state, journal, cancellationToken).ConfigureAwait(false), state).ConfigureAwait(false);
            var opened = new WritableFile(ownership, file, journal, props, state);
            await versions.PlaceAsync(opened, IModelDescription.Parse(props).Changeset, cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            await CloseAsync(handle).ConfigureAwait(false);
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // It may have been opened: nobody else would close it.
    private async Task CloseAsync(string handle)
    {
        try
        {
            await worker.CloseAsync(handle, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WorkerException)
        {
            // The worker is gone, and with it the handle.
        }
    }

    // What a worker committed before it died, and nobody was told. For an owner's first opening: what the journal lacks.
    private async Task<IReadOnlyList<LiveCommit>> ReadMissedAsync(string handle, LiveState state, ICommitJournal journal, CancellationToken cancellationToken)
    {
        var after = feed.Head;
        if (after == default && journal.RecordedSequence is > 0 and var recorded && recorded < state.Sequence)
            after = await StateAtAsync(handle, recorded, cancellationToken).ConfigureAwait(false);
        else if (after == default && journal.RecordedSequence >= state.Sequence)
            return [];
        var missed = new List<LiveCommit>();
        while (after.Sequence < state.Sequence)
        {
            var (head, commits) = await live.ReadFeedAsync(new ReadFeedWork(handle, after, RecordsAtATime, BytesAtATime), cancellationToken).ConfigureAwait(false);
            if (head.Reload is not null || commits.Count == 0)
                return [];
            missed.AddRange(commits);
            after = commits[^1].State;
        }

        return missed;
    }

    private async Task<LiveState> StateAtAsync(string handle, long sequence, CancellationToken cancellationToken)
    {
        var json = await live.HistoryAsync(new HistoryWork(handle, Count: 1, Before: sequence + 1), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(json, LiveJson.Default.LiveCommitHeaderArray) is [var commit] ? new LiveState(commit.Epoch, commit.Sequence) : default;
    }

    private async Task ReleaseAsync(Ownership ownership)
    {
        try
        {
            await context.Live.Ownerships.ReleaseAsync(ownership, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DurabilityException exception)
        {
            // A successor takes the next epoch all the same.
            Log.NotReleased(context.Logger, key, exception);
        }
    }

    private LiveRefusal? RefusalOf(Exception exception) => exception switch
    {
        NotAnIModelException { InnerException: WorkFailedException { Name: LiveRefusals.NotWritable } } refused => new LiveRefusal(LiveRefusals.NotWritable, refused.Message),
        NotAnIModelException { InnerException: WorkFailedException { Name: LiveRefusals.StorageFull } } refused => new LiveRefusal(LiveRefusals.StorageFull, refused.Message),
        NotAnIModelException refused => new LiveRefusal(
            LiveRefusals.NotWritable, $"The iModel can only be read: {refused.Message}", refused.ErrorNumber == 0 ? null : refused.ErrorNumber),
        OwnershipTakenException taken => new LiveRefusal(LiveRefusals.NotWritable, taken.Message),
        LiveRefusedException refused => refused.Refusal,
        JournalDamagedException damaged => new LiveRefusal(
            LiveRefusals.StorageFailed, $"The iModel cannot be opened for writing until an operator restores a backup: {damaged.Message}"),
        StaleEpochException stale => new LiveRefusal(LiveRefusals.NotWritable, stale.Message),
        IOException or UnauthorizedAccessException => new LiveRefusal(
            LiveRefusals.NotWritable, "The iModel can only be read: its folder cannot be written, or its disk is full."),
        _ => null,
    };

    private IModelBusyException Unreachable(JournalUnavailableException exception) =>
        new("The store of live iModels cannot be reached.", context.Options.RetryAfter, exception);

    private static LiveState StateOf(byte[] props)
    {
        using var document = JsonDocument.Parse(props);
        return document.RootElement.TryGetProperty("live"u8, out var state)
            ? state.Deserialize(LiveJson.Default.LiveState)
            : throw new WorkerProtocolException("The worker opened an iModel for writing without saying its state.");
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "{Key} is open for writing in epoch {Epoch}, at commit {Sequence}.")]
        public static partial void Opened(ILogger logger, string key, long epoch, long sequence);

        [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "{Key} is open for reading only: {Reason}")]
        public static partial void Refused(ILogger logger, string key, string reason);

        [LoggerMessage(EventId = 2203, Level = LogLevel.Error, Message = "The newest commits of {Key} are not in the journal yet.")]
        public static partial void NotFlushed(ILogger logger, string key, Exception exception);

        [LoggerMessage(EventId = 2204, Level = LogLevel.Warning, Message = "The ownership of {Key} was not given back.")]
        public static partial void NotReleased(ILogger logger, string key, Exception exception);
    }
}
