using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The owner's end of the connection to one generation of a worker, after the handshake.</summary>
internal sealed class CallingConnection : IFrameSink
{
    private readonly Lock _sync = new();
    private readonly Dictionary<ulong, PendingCall> _calls = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _socket;
    private readonly ProtocolLimits _limits;
    private readonly int _generation;
    private readonly EventQueue _events;
    private readonly FrameWriter _writer;
    private readonly FrameReader _reader;
    private readonly ReceiveBudget _budget;
    private readonly CallGate _gate;
    private ulong _lastId;
    private ulong _lastPing;
    private ulong _lastLoopPong;
    private ulong _lastEnginePong;
    private Func<bool, WorkerLostException>? _lost;

    /// <param name="socket">The connection, which it owns.</param>
    /// <param name="limits">What the worker was told.</param>
    /// <param name="bounds">What bounds this side.</param>
    /// <param name="generation">The worker's generation.</param>
    /// <param name="events">Takes the worker's events.</param>
    public CallingConnection(Socket socket, ProtocolLimits limits, OwnerBounds bounds, int generation, EventQueue events)
    {
        _socket = socket;
        _limits = limits;
        _generation = generation;
        _events = events;
        _budget = new ReceiveBudget(bounds.MaxUnreadBytes);
        _gate = new CallGate(limits.MaxInFlight, bounds.MaxRequestBytes, bounds.MaxWaiting);
        _writer = new FrameWriter(socket, _ => Close());
        _reader = new FrameReader(socket, limits.MaxMessageBytes, _budget);
    }

    /// <summary>Raised once, when the worker is lost, before any call fails: who repeats a failed call is not to find this connection again.</summary>
    public event Action? Lost;

    /// <summary>Completes when the worker takes requests.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Calls in flight, or waiting for a place.</summary>
    public int Calls => _gate.Count;

    /// <summary>The last ping sent and the last ones answered, by the protocol's loop and by the engine.</summary>
    public (ulong Sent, ulong Loop, ulong Engine) Pings =>
        (Volatile.Read(ref _lastPing), Volatile.Read(ref _lastLoopPong), Volatile.Read(ref _lastEnginePong));

    /// <summary>Bytes received; while it grows, the worker lives.</summary>
    public long Received => _reader.Received;

    /// <summary>True while this side does not read because callers hold too much received memory.</summary>
    public bool IsPaused => _budget.IsExhausted;

    /// <summary>Starts the flow of events, then reads until the worker closes the connection.</summary>
    /// <exception cref="WorkerProtocolException">The worker broke the protocol.</exception>
    public async Task RunAsync()
    {
        try
        {
            var credits = _events.Attach(_generation, Grant);
            if (credits > 0)
                Grant(credits);
            await _reader.ReadAllAsync(this).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The worker is gone, or this side has closed. Who asked for it knows why.
        }
        finally
        {
            Close();
        }
    }

    public void Ping() => _writer.TrySend(FrameKind.Ping, 0, Interlocked.Increment(ref _lastPing));

    /// <summary>Sends a request and waits for its answer.</summary>
    public async Task<WorkResponse> CallAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        var frame = OutgoingFrame.Request(Interlocked.Increment(ref _lastId), request);
        frame.Check(_limits.MaxMessageBytes);
        await _gate.EnterAsync(frame.Length, cancellationToken).ConfigureAwait(false);
        var call = new PendingCall(frame.Id, frame);
        bool others;
        lock (_sync)
        {
            if (_lost is not null)
            {
                _gate.Exit(frame.Length);
                throw _lost(false);
            }
            others = _calls.Count > 0;
            _calls.Add(call.Id, call);
        }
        // Without effect on a broken connection; whoever finds out why fails all calls.
        _writer.TrySend(frame, expectMore: others);
        if (!cancellationToken.CanBeCanceled)
            return await call.Task.ConfigureAwait(false);
        using (cancellationToken.UnsafeRegister(static (state, _) => ((Action)state!)(), (Action)(() => Cancel(call, cancellationToken))))
        {
            try
            {
                return await call.Task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The request's memory may still be on its way out; it is the caller's again only then.
                await frame.Written.ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Refuses further calls, waits for those in flight, then has the worker end.</summary>
    public async Task DrainAsync(Func<WorkerLostException> refusal, CancellationToken cancellationToken)
    {
        _gate.Close(refusal);
        await _gate.WhenEmptyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        _writer.TrySend(FrameKind.Drain, 0, 0);
    }

    /// <summary>Fails all calls, and further ones, because the worker is lost. The first reason stays.</summary>
    /// <param name="lost">Makes the error of one call; its argument says whether the call may have run.</param>
    public void Abandon(Func<bool, WorkerLostException> lost)
    {
        PendingCall[] calls;
        lock (_sync)
        {
            if (_lost is not null)
                return;
            _lost = lost;
            calls = [.. _calls.Values];
            _calls.Clear();
        }
        Lost?.Invoke();
        // Only then does what was sent stand still.
        Close();
        var sentUpTo = _writer.HandedOver;
        _gate.Abort(() => lost(false));
        foreach (var call in calls)
        {
            call.TrySetException(lost(call.Frame.StartOffset < sentUpTo));
            _gate.Exit(call.Frame.Length);
        }
    }

    public void OnFrame(FrameHeader header, PooledBuffer body)
    {
        switch (header.Kind)
        {
            case FrameKind.Response:
                OnAnswer(header, body, static (call, _, message, body) => call.Complete(message, body));
                return;
            case FrameKind.Error:
                OnAnswer(header, body, static (call, code, message, body) =>
                {
                    call.TrySetException(ToException(code, message));
                    body.Dispose();
                });
                return;
            case FrameKind.Event:
                OnEvent(body);
                return;
            case FrameKind.Pong when header is { Length: 0, Flags: 0 } && header.Id <= Volatile.Read(ref _lastPing):
                Volatile.Write(ref _lastLoopPong, header.Id);
                return;
            case FrameKind.Pong when header is { Length: 0, Flags: 1 } && header.Id <= Volatile.Read(ref _lastPing):
                Volatile.Write(ref _lastEnginePong, header.Id);
                return;
            case FrameKind.Ready when header.Length == 0:
                _ready.TrySetResult();
                return;
            default:
                body.Dispose();
                throw new WorkerProtocolException($"The worker sent a frame of kind {(byte)header.Kind} with {header.Length} bytes, which its owner does not take.");
        }
    }

    public void OnOversized(FrameHeader header)
    {
        if (header.Kind != FrameKind.Response)
            throw new WorkerProtocolException($"The worker sent a frame of kind {(byte)header.Kind} with {header.Length} bytes.");
        Take(header.Id).TrySetException(TooLarge($"The answer has {header.Length} bytes; {_limits.MaxMessageBytes} are allowed."));
    }

    private static WorkerOverloadedException TooLarge(string message) => new(WorkerLimit.MessageSize, message, mayHaveRun: true);

    private static Exception ToException(ErrorCode code, MessageBody message) => code switch
    {
        ErrorCode.WorkFailed => new WorkFailedException(message.Text1, message.Text2, message.Json.ToArray()),
        ErrorCode.RequestTooLarge => new WorkerOverloadedException(WorkerLimit.MessageSize, message.Text2),
        ErrorCode.ResponseTooLarge => TooLarge(message.Text2),
        ErrorCode.TooManyInFlight => new WorkerOverloadedException(WorkerLimit.CallsInFlight, message.Text2),
        ErrorCode.Cancelled => new OperationCanceledException(message.Text2),
        _ => new WorkerProtocolException(message.Text2),
    };

    private void OnAnswer(FrameHeader header, PooledBuffer body, Action<PendingCall, ErrorCode, MessageBody, PooledBuffer> complete)
    {
        if (!MessageBody.TryRead(body.Memory, out var message, out var fault))
        {
            body.Dispose();
            throw new WorkerProtocolException(fault);
        }
        PendingCall call;
        try
        {
            call = Take(header.Id);
        }
        catch
        {
            body.Dispose();
            throw;
        }
        complete(call, (ErrorCode)header.Flags, message, body);
    }

    private PendingCall Take(ulong id)
    {
        PendingCall? call;
        lock (_sync)
        {
            if (!_calls.Remove(id, out call))
                throw new WorkerProtocolException($"The worker answered request {id}, which has no answer to come.");
        }
        _gate.Exit(call.Frame.Length);
        return call;
    }

    private void OnEvent(PooledBuffer body)
    {
        using (body)
        {
            if (body.Memory.Length > _limits.MaxEventBytes)
                throw new WorkerProtocolException($"The worker sent an event of {body.Memory.Length} bytes; {_limits.MaxEventBytes} are allowed.");
            // A copy of its own: events have no owner that would give pooled memory back.
            if (!MessageBody.TryRead(body.Memory.ToArray(), out var message, out var fault))
                throw new WorkerProtocolException(fault);
            _events.Add(new WorkEvent
            {
                Topic = message.Text1, CorrelationId = message.Text2, Json = message.Json, Binaries = message.Binaries, Generation = _generation,
            });
        }
    }

    private void Cancel(PendingCall call, CancellationToken cancellationToken)
    {
        if (!call.TrySetCanceled(cancellationToken))
            return;
        lock (_sync)
        {
            if (!_calls.ContainsKey(call.Id))
                return;
        }
        _writer.TrySend(FrameKind.Cancel, 0, call.Id);
    }

    private void Grant(int credits) => _writer.TrySend(FrameKind.Credit, 0, (ulong)credits);

    private void Close()
    {
        _budget.Close();
        _writer.Fail(new ObjectDisposedException(nameof(CallingConnection)));
        _socket.Dispose();
    }
}
