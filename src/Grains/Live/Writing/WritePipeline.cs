using System.Diagnostics;
using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Sessions;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Live.Writing;

/// <summary>
/// The writes of one iModel: a bounded queue, a few in the worker at a time (which applies them one after the other), and their results through the
/// <see cref="OutputGate"/>.
/// </summary>
/// <remarks>
/// Whose worker dies is sent again under its operation id, and so applied once. After a death the writes that were there are sent one at a time:
/// the one that kills the worker every time is then known, and given up, and no other with it.
/// </remarks>
internal sealed partial class WritePipeline(string key, OwnerContext context, IModelHolder holder, LiveCore core, LockTable locks, LogCompaction compaction)
{
    private static readonly ReadOnlyMemory<byte> Unreachable = LiveAnswers.Refused(
        LiveRefusals.Busy, "The journal cannot be reached, so nothing can be changed now; what is open can be read. Send the operation again later.");

    private readonly Lock _lock = new();
    private readonly Queue<PendingWrite> _waiting = [];
    private readonly Queue<PendingWrite> _again = [];
    private readonly LiveOptions _options = context.Live.Options;
    private TaskCompletionSource? _idle;
    private int _running;
    private bool _careful, _stopped, _compacting, _resting;
    private long _bytes;
    private DateTimeOffset _nextCompaction;

    /// <summary>Whether a write waits or runs.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _running + _waiting.Count + _again.Count > 0;
        }
    }

    // One that failed is tried again later; meanwhile the log goes on growing.
    private bool IsCompactionDue => core.Gate.IsCompactionDue && context.Time.GetUtcNow() >= _nextCompaction;

    /// <summary>Takes a write and answers its result or a refusal. It runs in its turn whether or not anybody waits for it.</summary>
    public Task<ReadOnlyMemory<byte>> WriteAsync(PendingWrite write)
    {
        lock (_lock)
        {
            if (_stopped)
                return Task.FromResult(LiveAnswers.Refused(LiveRefusals.Moved, "The iModel's owner moves or stops. Send the operation again under its id."));
            if (core.Gate.IsBehind)
                return Task.FromResult(Unreachable);
            var size = write.Call.Json.Length;
            if (_waiting.Count >= _options.MaxQueuedWrites || (_bytes > 0 && _bytes + size > _options.MaxQueuedWriteBytes))
                return Task.FromResult(LiveAnswers.Refused(LiveRefusals.Busy, "Too many changes of this iModel are waiting. Send the operation again later."));
            _bytes += size;
            _waiting.Enqueue(write);
        }

        Pump();
        return write.Answer;
    }

    /// <summary>Takes no more writes and waits for those that it has.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _stopped = true;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running + _waiting.Count + _again.Count == 0)
                _idle.TrySetResult();
            return _idle.Task;
        }
    }

    private void Pump()
    {
        lock (_lock)
        {
            if (_running == 0 && !_compacting && IsCompactionDue)
                BeginCompaction();
            if (core.Gate.IsBehind)
                RefuseWaiting();
            while (Next() is { } write)
            {
                _running++;
                _careful |= _again.Count > 0 || write.IsAgain;
                _ = Task.Run(() => RunAsync(write.Write));
            }

            if (_running == 0 && _waiting.Count == 0)
                _idle?.TrySetResult();
        }
    }

    // Under the lock. Each more that the worker committed would be one more whose outcome nobody knows.
    private void RefuseWaiting()
    {
        while (_waiting.TryDequeue(out var write))
        {
            _bytes -= write.Call.Json.Length;
            write.Complete(Unreachable);
        }
    }

    private void BeginCompaction()
    {
        _compacting = _resting = true;
        _ = Task.Run(async () =>
        {
            var isDone = await compaction.RunAsync(() => EndRest(compacting: true)).ConfigureAwait(false);
            lock (_lock)
                _nextCompaction = isDone ? default : context.Time.GetUtcNow() + _options.CompactionRetryInterval;
            EndRest(compacting: false);
        });
    }

    private void EndRest(bool compacting)
    {
        lock (_lock)
            (_resting, _compacting) = (false, compacting);
        Pump();
    }

    // Nothing starts while the log is moved, is to be moved, or is owed to the journal.
    private (PendingWrite Write, bool IsAgain)? Next()
    {
        if (_resting || (!_compacting && IsCompactionDue) || (_running > 0 && core.Gate.IsBehind))
            return null;
        if (_running == 0)
            _careful = _again.Count > 0;
        if (_running >= (_careful || _again.Count > 0 ? 1 : _options.WritesInFlight))
            return null;
        if (_again.TryDequeue(out var lost))
            return (lost, true);
        return _waiting.TryDequeue(out var write) ? (write, false) : null;
    }

    private async Task RunAsync(PendingWrite write)
    {
        Activity.Current = write.Span;
        var answer = await TryAsync(write).ConfigureAwait(false);
        lock (_lock)
        {
            _running--;
            if (answer is null)
                _again.Enqueue(write);
            else
                _bytes -= write.Call.Json.Length;
        }

        if (answer is { } json)
            write.Complete(json);
        Pump();
    }

    /// <summary>One attempt; null means that it has to be repeated.</summary>
    private async Task<ReadOnlyMemory<byte>?> TryAsync(PendingWrite write)
    {
        OpenIModel? open = null;
        try
        {
            if (locks.HasForeign(write.Call.Session) && locks.Check(write.Call.Session, TransactionTargets.Read(write.Call.Json)) is { } locked)
                return LiveAnswers.Refused(locked);
            using var turn = await core.Turns.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            open = await holder.EnterAsync(CancellationToken.None, forWriting: true).ConfigureAwait(false);
            if (open is null)
                return LiveAnswers.Refused(LiveRefusals.NotWritable, "There is no such iModel any more.");
            if (open.Writing is null)
                return LiveAnswers.Refused(holder.WriteRefusal ?? new LiveRefusal(LiveRefusals.NotWritable, "The iModel can only be read."));
            var answer = await write.SendAsync(open).ConfigureAwait(false);
            await PassAsync(answer).ConfigureAwait(false);
            return answer.Json;
        }
        catch (WorkerLostException lost) when (lost.Reason != WorkerLossReason.Stopped)
        {
            return AfterLoss(write, open, lost);
        }
        catch (WorkFailedException failed)
        {
            return AfterLoss(write, failed.Name == IModelWork.NotOpenError ? open : null, failed);
        }
        catch (Exception exception)
        {
            return Refuse(write, exception);
        }
        finally
        {
            if (open is not null)
                holder.Leave(open);
        }
    }

    private async Task PassAsync(Workers.WriteAnswer answer)
    {
        if (answer.Record is { } record)
            await core.Gate.PassAsync(LiveCommit.Of(record)).ConfigureAwait(false);
        else if (LiveStateReader.TryRead(answer.Json) is { } repeated)
            await core.Gate.WhenPassedAsync(repeated.Sequence).ConfigureAwait(false);
    }

    private ReadOnlyMemory<byte>? AfterLoss(PendingWrite write, OpenIModel? open, WorkerException loss)
    {
        Log.Lost(context.Logger, write.Call.Operation, key, loss);
        if (open is not null)
            holder.Forget(open);
        bool alone;
        lock (_lock)
            alone = _careful;
        if (alone && ++write.Losses > _options.MaxWriteRetries)
        {
            return LiveAnswers.Refused(
                LiveRefusals.OutcomeUnknown,
                "The process that applied the operation ended each time, and whether it was applied is not known. Send it again under its id to learn it.");
        }

        return null;
    }

    private ReadOnlyMemory<byte> Refuse(PendingWrite write, Exception exception)
    {
        switch (exception)
        {
            case NotAnIModelException invalid:
                return LiveAnswers.Refused(LiveRefusals.NotWritable, $"The iModel cannot be opened: {invalid.Message}");
            case WorkerOverloadedException { Limit: WorkerLimit.MessageSize or WorkerLimit.MessageShape }:
                return LiveAnswers.Refused(LiveRefusals.TooLarge, "The transaction is larger than a worker takes. Send it in parts.");
            case IModelBusyException busy:
                return LiveAnswers.Refused(LiveRefusals.Busy, busy.Message);
            case JournalUnavailableException:
                return LiveAnswers.Refused(
                    LiveRefusals.OutcomeUnknown,
                    "The change was made, but the journal cannot be reached to keep it. Send the operation again under its id to learn whether it was kept.");
            case DurabilityException or OperationCanceledException or WorkerLostException:
                return LiveAnswers.Refused(LiveRefusals.Moved, "The iModel's owner moves or stops. Send the operation again under its id.");
            case WorkerException:
                return LiveAnswers.Refused(LiveRefusals.Busy, "The server has too much to do. Send the operation again under its id.");
            default:
                Log.Broken(context.Logger, write.Call.Operation, key, exception);
                return LiveAnswers.Refused(LiveRefusals.OutcomeUnknown, "The server failed. Send the operation again under its id to learn whether it was applied.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2211, Level = LogLevel.Warning, Message = "The worker was lost, or failed, under {Operation} on {Key}; it is repeated under its id.")]
        public static partial void Lost(ILogger logger, LiveOperation operation, string key, Exception exception);

        [LoggerMessage(EventId = 2212, Level = LogLevel.Error, Message = "{Operation} on {Key} broke.")]
        public static partial void Broken(ILogger logger, LiveOperation operation, string key, Exception exception);
    }
}
