using ITwinOrleans.Grains.Durability.Wal;
using ITwinOrleans.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>The journal of one opening for writing: ships what the worker's commits wrote into the log, and their records, in order and in groups.</summary>
internal sealed partial class PostgreSqlJournal : ICommitJournal
{
    private readonly JournalServices _services;
    private readonly Ownership _ownership;
    private readonly string _path;
    private readonly WalReader _log;
    private readonly BasePublisher _bases;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _disposing = new();

    // Under the lock.
    private readonly List<CommitRecord> _waitingRecords = [];
    private TaskCompletionSource? _nextGroup;
    private Task _sending = Task.CompletedTask;
    private Task _compacting = Task.CompletedTask;
    private bool _disposed;

    // Of whoever has the turn; read by others as a hint.
    private JournalBatch? _unsure;
    private long _position, _recorded, _bytes;
    private volatile DurabilityException? _ended;
    private volatile bool _behind;

    public PostgreSqlJournal(JournalServices services, Ownership ownership, string path, JournalHead head)
    {
        _services = services;
        _ownership = ownership;
        _path = path;
        _log = new WalReader(path);
        _bases = new BasePublisher(services, ownership);
        (_position, _recorded, _bytes) = (head.Position, head.Sequence, head.Bytes);
    }

    /// <inheritdoc/>
    public long RecordedSequence => Volatile.Read(ref _recorded);

    /// <inheritdoc/>
    public bool IsBehind => _behind;

    /// <inheritdoc/>
    public bool NeedsLog => true;

    /// <inheritdoc/>
    public bool IsCompactionDue => _compacting.IsCompleted
        && (Volatile.Read(ref _bytes) >= Math.Max(_services.Options.CompactionBytes, _log.MainBytes / _services.Options.CompactionFileShare) || _log.Offset >= _services.Options.CompactionLogBytes);

    /// <inheritdoc/>
    public Task AppendAsync(CommitRecord commit, CancellationToken cancellationToken) => JoinAsync(commit, cancellationToken);

    /// <inheritdoc/>
    public Task SyncAsync(CancellationToken cancellationToken) => JoinAsync(null, cancellationToken);

    /// <inheritdoc/>
    public Task CompactAsync(Func<CancellationToken, Task> checkpoint, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_compacting.IsCompleted)
                throw new InvalidOperationException("The journal is being compacted already.");
            return _compacting = CompactNowAsync(checkpoint, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task sending, compacting;
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            (sending, compacting) = (_sending, _compacting);
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await compacting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _log.Dispose();
        LiveFolder.Remove(_path);
        _turn.Dispose();
        _disposing.Dispose();
    }

    // Joins the group that is sent next: all that wait for one round trip share the following one.
    private Task JoinAsync(CommitRecord? commit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Refusal(commit) is { } refusal)
                return Task.FromException(refusal);
            if (commit is { } record)
                _waitingRecords.Add(record);

            if (_nextGroup is null)
            {
                _nextGroup = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sending = SendGroupAsync(_sending);
            }

            return _nextGroup.Task.WaitAsync(cancellationToken);
        }
    }

    private Exception? Refusal(CommitRecord? commit)
    {
        if (_disposed)
            return new ObjectDisposedException(nameof(ICommitJournal));
        if (_ended is StaleEpochException stale)
            return new StaleEpochException(stale.Key, stale.Epoch, stale.Current);
        if (_ended is not null)
            return new JournalBrokenException(_ended.Message, _ended);
        var newest = Math.Max(RecordedSequence, _waitingRecords.Count == 0 ? 0 : _waitingRecords[^1].Sequence);
        return commit is { } record && record.Sequence <= newest ? new ArgumentException($"The commit {record.Sequence} was appended before.", nameof(commit)) : null;
    }

    private async Task SendGroupAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        TaskCompletionSource group;
        lock (_lock)
        {
            group = _nextGroup!;
            _nextGroup = null;
        }

        try
        {
            await SendAsync().ConfigureAwait(false);
            group.SetResult();
        }
        catch (Exception exception)
        {
            group.SetException(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    // With the turn: everything that is in the log and waits to be recorded.
    private async Task SendAsync()
    {
        while (true)
        {
            try
            {
                if ((_unsure ?? NextBatch()) is not { } batch)
                    break;
                _unsure = batch;
                var bytes = await OwnerTelemetry.AppendAsync(_ownership.Key, batch.Records.Count, () => _services.Database.RunAsync(
                    (connection, limit) => JournalAppend.RunAsync(connection, _ownership, _log, batch, limit), _disposing.Token)).ConfigureAwait(false);
                Sent(batch, bytes);
            }
            catch (Exception exception)
            {
                _behind = true;
                if (exception is StaleEpochException or JournalBrokenException or JournalDamagedException)
                    _ended = (DurabilityException)exception;
                throw;
            }
        }

        _behind = false;
    }

    private JournalBatch? NextBatch()
    {
        WalChanges? changes;
        CommitRecord[] records;

        // The records first: what a record tells of is in the log by then.
        lock (_lock)
            records = [.. _waitingRecords];
        changes = _log.Read();
        return changes is null && records.Length == 0 ? null : new JournalBatch(_position, changes, records);
    }

    private void Sent(JournalBatch batch, long bytes)
    {
        _unsure = null;
        _position = batch.To;
        Interlocked.Add(ref _bytes, bytes);
        if (batch.Changes is not null)
            _log.Accept(batch.Changes);
        lock (_lock)
            _waitingRecords.RemoveRange(0, batch.Records.Count);
        if (batch.Records.Count > 0)
            Volatile.Write(ref _recorded, batch.Records[^1].Sequence);
    }

    private async Task CompactNowAsync(Func<CancellationToken, Task> checkpoint, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        long position, bytes;
        await _turn.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await SendAsync().ConfigureAwait(false);
            if (!await CheckpointAsync(checkpoint, either.Token).ConfigureAwait(false))
            {
                Log.NotCheckpointed(_services.Logger, _ownership.Key);
                return;
            }

            (position, bytes) = (_position, _bytes);
        }
        finally
        {
            _turn.Release();
        }

        await _bases.PublishAsync(_log.Main, position, either.Token).ConfigureAwait(false);
        Interlocked.Add(ref _bytes, -bytes);
    }

    private async Task<bool> CheckpointAsync(Func<CancellationToken, Task> checkpoint, CancellationToken cancellationToken)
    {
        var emptied = false;
        try
        {
            await checkpoint(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also after an error: the worker may have done it and only its answer was lost.
            emptied = _log.AfterCheckpoint();
        }

        return emptied;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2311, Level = LogLevel.Warning, Message = "The log of {Key} is not empty after a checkpoint; its journal is compacted another time.")]
        public static partial void NotCheckpointed(ILogger logger, string key);
    }
}
