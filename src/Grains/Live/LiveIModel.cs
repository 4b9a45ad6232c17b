using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Presence;
using ITwinOrleans.Grains.Live.Sessions;
using ITwinOrleans.Grains.Live.Writing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Telemetry;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.IModels;
using ITwinOrleans.Worker.Work;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Live;

/// <summary>
/// The live side of an owner: sessions with their locks and presence, writes in order, and the feed for whoever reads it. Knows nothing of HTTP.
/// </summary>
public sealed partial class LiveIModel : IDisposable
{
    private readonly string _key;
    private readonly OwnerContext _context;
    private readonly LiveOptions _options;
    private readonly IModelHolder _holder;
    private readonly LiveCore _core;
    private readonly WritePipeline _writes;
    private readonly LockTable _locks;
    private readonly PresenceBoard _presence = new();
    private readonly SessionRegistry _sessions;
    private readonly FeedReader _reader;
    private readonly CancellationTokenSource _ending = new();
    private readonly ITimer _upkeep;

    internal LiveIModel(string key, OwnerContext context, IModelHolder holder, LiveCore core)
    {
        _key = key;
        _context = context;
        _options = context.Live.Options;
        _holder = holder;
        _core = core;
        _locks = new LockTable(_options.MaxLocksPerSession);
        _sessions = new SessionRegistry(_options.MaxSessions, _options.SessionTime, context.Time);
        _writes = new WritePipeline(key, context, holder, core, _locks, new LogCompaction(key, context, holder, core));
        _reader = new FeedReader(context, holder, core, _presence, _sessions);
        _upkeep = context.Time.CreateTimer(_ => _ = UpkeepAsync(), null, _options.RenewInterval, _options.RenewInterval);
    }

    /// <summary>Whether somebody uses it: sessions, readers of the feed, or writes on their way.</summary>
    public bool IsInUse => _sessions.Count > 0 || _sessions.IsRead || _writes.IsBusy;

    /// <summary>The epoch in which it can be written, and its newest commit; null when it is not open for writing.</summary>
    public LiveState? Writable => _core.Opener.Ownership is { } ownership ? new LiveState(ownership.Epoch, _core.Feed.Head.Sequence) : null;

    /// <summary>How many people have it open.</summary>
    public int People => _sessions.Count;

    /// <summary>Whether a write waits or runs.</summary>
    public bool IsWriting => _writes.IsBusy;

    /// <summary>Whether another owner took over: this one writes nothing more.</summary>
    public bool IsOver => _core.Gate.Failure is not null;

    /// <summary>Does what a session asks. Whatever is refused is an answer, too: <c>{"error": …}</c>.</summary>
    /// <returns>UTF-8 JSON, see <see cref="LiveOperation"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled. A write is carried out nevertheless.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(LiveCall call, CancellationToken cancellationToken)
    {
        var operation = OwnerTelemetry.StartLive(_key, call);
        ReadOnlyMemory<byte>? answer = null;
        try
        {
            answer = await AnswerAsync(call, cancellationToken).ConfigureAwait(false);
            return answer.Value;
        }
        finally
        {
            OwnerTelemetry.EndLive(operation, call, answer);
        }
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(LiveCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (LiveRefusedException refused)
        {
            return LiveAnswers.Refused(refused.Refusal);
        }
        catch (JsonException)
        {
            return LiveAnswers.Refused(LiveRefusals.InvalidTransaction, $"The parameters of {call.Operation} cannot be read.");
        }
        catch (IModelBusyException busy)
        {
            return LiveAnswers.Refused(LiveRefusals.Busy, busy.Message);
        }
        catch (NotAnIModelException invalid)
        {
            return LiveAnswers.Refused(LiveRefusals.NotWritable, $"The iModel cannot be opened: {invalid.Message}");
        }
        catch (Exception exception) when (exception is WorkerException or DurabilityException || _ending.IsCancellationRequested)
        {
            Log.Failed(_context.Logger, call.Operation, _key, exception);
            return LiveAnswers.Refused(LiveRefusals.Busy, "The server could not do it now. Ask again.");
        }
    }

    /// <summary>Reads the feed and presence; waits for news.</summary>
    /// <exception cref="IModelBusyException">The owner ends, or the file cannot be opened now: read again.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<LiveNews> ReadAsync(LiveRead read, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        try
        {
            return await _reader.ReadAsync(read, either.Token).ConfigureAwait(false);
        }
        catch (LiveRefusedException refused)
        {
            return new LiveNews("", _core.Feed.Head, []) { Reload = refused.Message };
        }
        catch (Exception exception) when (exception is WorkerException or DurabilityException || (_ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            throw new IModelBusyException("The iModel's feed cannot be read now.", _context.Options.RetryAfter, exception);
        }
    }

    /// <summary>Ends the waiting of readers, takes no more writes and waits for those that it has.</summary>
    internal async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(_context.Options.DrainTime, _context.Time);
        await _writes.StopAsync().WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ending.CancelAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upkeep.Dispose();
        _core.Gate.Dispose();
        _ending.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(LiveCall call, CancellationToken cancellationToken) => call.Operation switch
    {
        LiveOperation.Open => await OpenAsync(call, cancellationToken).ConfigureAwait(false),
        LiveOperation.Close => await EndAsync(call.Session).ConfigureAwait(false),
        LiveOperation.Transact or LiveOperation.Undo or LiveOperation.Redo => await WriteAsync(call).WaitAsync(cancellationToken).ConfigureAwait(false),
        LiveOperation.History => await HistoryAsync(Read(call, LiveCallJson.Default.HistoryRequest), cancellationToken).ConfigureAwait(false),
        LiveOperation.Lock => Lock(call),
        LiveOperation.Unlock => Unlock(call),
        LiveOperation.SetPresence => SetPresence(call),
        LiveOperation.Stage => await StageAsync(call, cancellationToken).ConfigureAwait(false),
        LiveOperation.Unstage => await UnstageAsync(call.Session).ConfigureAwait(false),
        LiveOperation.NameVersion => await NameVersionAsync(call, cancellationToken).ConfigureAwait(false),
        LiveOperation.Versions => await AskAsync((open, client) => client.VersionsAsync(new HandleWork(open.Handle), cancellationToken), cancellationToken).ConfigureAwait(false),
        _ => throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"There is no operation {call.Operation}."),
    };

    private async Task<ReadOnlyMemory<byte>> OpenAsync(LiveCall call, CancellationToken cancellationToken)
    {
        var request = Read(call, LiveCallJson.Default.OpenRequest);
        var (head, writable) = await _reader.EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        var session = new LiveSession(call.Session, call.User, request.Color, request.Relay);
        if (!_sessions.TryAdd(session))
            throw new LiveRefusedException(LiveRefusals.Busy, $"The iModel has {_options.MaxSessions} sessions already. Try later.");
        _presence.Join(session);
        var answer = new OpenAnswer(_key, call.Session, head.Epoch, head.Sequence, writable, writable ? null : _holder.WriteRefusal?.Message);
        return WithPeople(answer);
    }

    private ReadOnlyMemory<byte> WithPeople(OpenAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var property in JsonSerializer.SerializeToElement(answer, LiveCallJson.Default.OpenAnswer).EnumerateObject())
            property.WriteTo(writer);
        _presence.WritePeople(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private async Task<ReadOnlyMemory<byte>> EndAsync(string session)
    {
        if (_sessions.Remove(session))
            await ForgetAsync(session).ConfigureAwait(false);
        return LiveAnswers.Done;
    }

    private async Task ForgetAsync(string session)
    {
        _locks.End(session);
        _presence.Leave(session);
        if (_holder.State == IModelState.Open)
            await UnstageAsync(session).ConfigureAwait(false);
    }

    private Task<ReadOnlyMemory<byte>> WriteAsync(LiveCall call)
    {
        if (call.Json.Length > _options.MaxTransactionBytes)
            throw new LiveRefusedException(LiveRefusals.TooLarge, $"A transaction may have {_options.MaxTransactionBytes} bytes. Send it in parts.");
        if (call.Operation == LiveOperation.Transact)
        {
            return _writes.WriteAsync(new PendingWrite(call, open => _core.Client.WriteAsync(
                new WriteHeader(open.Handle, open.Writing!.Ownership.Epoch, call.Session, call.User), call.Json, CancellationToken.None)));
        }

        var request = Read(call, LiveCallJson.Default.UndoRequest);
        return _writes.WriteAsync(new PendingWrite(call, open =>
        {
            var work = new UndoWork(
                open.Handle, open.Writing!.Ownership.Epoch, call.Session, call.User, request.OperationId, request.Target, request.Description);
            return call.Operation == LiveOperation.Undo ? _core.Client.UndoAsync(work, CancellationToken.None) : _core.Client.RedoAsync(work, CancellationToken.None);
        }));
    }

    private Task<ReadOnlyMemory<byte>> HistoryAsync(HistoryRequest request, CancellationToken cancellationToken) => AskAsync(
        (open, client) => client.HistoryAsync(new HistoryWork(open.Handle, Math.Clamp(request.Count, 1, 1000), request.Before, request.User), cancellationToken),
        cancellationToken);

    private ReadOnlyMemory<byte> Lock(LiveCall call)
    {
        var session = _sessions.Find(call.Session) ?? throw new LiveRefusedException(LiveRefusals.Moved, "The session is not open (any more). Open the iModel again.");
        return _locks.TryLock(session.Id, session.User, Ids(call)) is { } refusal ? LiveAnswers.Refused(refusal) : LiveAnswers.Done;
    }

    private ReadOnlyMemory<byte> Unlock(LiveCall call)
    {
        _locks.Unlock(call.Session, Ids(call));
        return LiveAnswers.Done;
    }

    private string[] Ids(LiveCall call)
    {
        var ids = Read(call, LiveCallJson.Default.StringArray);
        if (ids.FirstOrDefault(id => !IsId(id)) is { } wrong)
            throw new LiveRefusedException(LiveRefusals.InvalidTransaction, $"\"{(wrong.Length > 32 ? wrong[..32] : wrong)}\" is no id of an element, which is like 0x20.");
        return ids;
    }

    private static bool IsId(string id) => id is ['0', 'x', _, ..] and { Length: <= 18 } && id.AsSpan(2).IndexOfAnyExcept("0123456789abcdef") < 0;

    private ReadOnlyMemory<byte> SetPresence(LiveCall call)
    {
        if (call.Json.Length > _options.MaxPresenceBytes)
            throw new LiveRefusedException(LiveRefusals.TooLarge, $"Presence may have {_options.MaxPresenceBytes} bytes. Send less of the selection.");
        _presence.Set(call.Session, call.Json);
        return LiveAnswers.Done;
    }

    private Task<ReadOnlyMemory<byte>> StageAsync(LiveCall call, CancellationToken cancellationToken)
    {
        if (call.Json.Length > _options.MaxTransactionBytes)
            throw new LiveRefusedException(LiveRefusals.TooLarge, $"Unsaved changes may have {_options.MaxTransactionBytes} bytes. Save them.");
        if (_locks.HasForeign(call.Session) && _locks.Check(call.Session, TransactionTargets.Read(call.Json)) is { } locked)
            throw new LiveRefusedException(locked);
        return AskToWriteAsync(
            (open, writing) => _core.Client.StageAsync(new WriteHeader(open.Handle, writing.Ownership.Epoch, call.Session, call.User), call.Json, cancellationToken),
            cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> UnstageAsync(string session)
    {
        try
        {
            await AskAsync((open, client) => client.UnstageAsync(new SessionWork(open.Handle, session), _ending.Token), _ending.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WorkerException or IModelBusyException or NotAnIModelException or OperationCanceledException)
        {
            // The reservations went with the worker, or go with the closing.
            Log.NotUnstaged(_context.Logger, _key, exception);
        }

        return LiveAnswers.Done;
    }

    private async Task<ReadOnlyMemory<byte>> NameVersionAsync(LiveCall call, CancellationToken cancellationToken)
    {
        var request = Read(call, LiveCallJson.Default.NameVersionRequest);

        // The journal may not get a timeline whose files are not stored, so nobody else writes meanwhile. Once begun it is finished.
        using var turn = await _core.Turns.EnterAloneAsync(cancellationToken).ConfigureAwait(false);
        return await AskAsync(
            async (open, client) =>
            {
                var writing = WritingOf(open);
                var answer = await client.NameVersionAsync(new NameVersionWork(open.Handle, writing.Ownership.Epoch, call.User, request.Name), _ending.Token).ConfigureAwait(false);
                if (!answer.AsSpan().StartsWith(LiveAnswers.RefusalStart))
                    await _core.Versions.KeepAsync(writing, answer, _ending.Token).ConfigureAwait(false);
                return answer;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the worker write something that is no commit (reserved ids); it is safe before it is answered.</summary>
    private async Task<ReadOnlyMemory<byte>> AskToWriteAsync(Func<OpenIModel, WritableFile, Task<byte[]>> write, CancellationToken cancellationToken)
    {
        using var turn = await _core.Turns.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await AskAsync(
            async (open, _) =>
            {
                var writing = WritingOf(open);
                var answer = await write(open, writing).ConfigureAwait(false);
                await writing.Journal.SyncAsync(cancellationToken).ConfigureAwait(false);
                return answer;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private WritableFile WritingOf(OpenIModel open) =>
        open.Writing ?? throw new LiveRefusedException(_holder.WriteRefusal ?? new LiveRefusal(LiveRefusals.NotWritable, "The iModel can only be read."));

    /// <summary>Asks the worker for something that may be asked again.</summary>
    private async Task<ReadOnlyMemory<byte>> AskAsync(Func<OpenIModel, LiveWorkerClient, Task<byte[]>> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            OpenIModel? open = null;
            try
            {
                open = await _holder.EnterAsync(cancellationToken, forWriting: true).ConfigureAwait(false)
                    ?? throw new LiveRefusedException(LiveRefusals.NotWritable, "There is no such iModel any more.");
                return await ask(open, _core.Client).ConfigureAwait(false);
            }
            catch (Exception exception) when (attempt <= _context.Options.MaxRetries
                && exception is WorkerLostException { Reason: not WorkerLossReason.Stopped } or WorkFailedException { Name: IModelWork.NotOpenError })
            {
                if (open is not null)
                    _holder.Forget(open);
            }
            finally
            {
                if (open is not null)
                    _holder.Leave(open);
            }
        }
    }

    // Now and then: sessions of Apis that are gone, and whether this is still the owner.
    private async Task UpkeepAsync()
    {
        try
        {
            foreach (var session in _sessions.RemoveSilent())
                await ForgetAsync(session).ConfigureAwait(false);
            if (_core.Opener.Ownership is { } ownership)
                await _context.Live.Ownerships.RenewAsync(ownership, _ending.Token).ConfigureAwait(false);
        }
        catch (StaleEpochException stale)
        {
            Log.Over(_context.Logger, _key, stale);
            _core.Gate.Fail(stale);
        }
        catch (Exception exception) when (exception is DurabilityException or OperationCanceledException or ObjectDisposedException)
        {
            Log.NotRenewed(_context.Logger, _key, exception);
        }
    }

    private static T Read<T>(LiveCall call, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(call.Json.Span, type) ?? throw new JsonException("null");

    private static partial class Log
    {
        [LoggerMessage(EventId = 2221, Level = LogLevel.Warning, Message = "{Operation} of {Key} could not be done.")]
        public static partial void Failed(ILogger logger, LiveOperation operation, string key, Exception exception);

        [LoggerMessage(EventId = 2222, Level = LogLevel.Error, Message = "{Key} has another owner; this one ends.")]
        public static partial void Over(ILogger logger, string key, Exception exception);

        [LoggerMessage(EventId = 2223, Level = LogLevel.Debug, Message = "The ownership of {Key} was not renewed.")]
        public static partial void NotRenewed(ILogger logger, string key, Exception exception);

        [LoggerMessage(EventId = 2224, Level = LogLevel.Debug, Message = "Reserved ids of {Key} were not given up.")]
        public static partial void NotUnstaged(ILogger logger, string key, Exception exception);
    }
}
