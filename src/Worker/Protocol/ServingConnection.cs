using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The worker's end of the connection, after the handshake: hands requests to the handler and answers each exactly once.</summary>
internal sealed class ServingConnection : IFrameSink
{
    private readonly Lock _sync = new();
    private readonly Dictionary<ulong, RunningRequest> _running = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _socket;
    private readonly FrameWriter _writer;
    private readonly FrameReader _reader;
    private readonly EventSender _events;
    private IWorkHandler? _handler;
    private bool _isDraining;
    private int _heartbeats;

    public ServingConnection(Socket socket, ProtocolLimits limits)
    {
        _socket = socket;
        Limits = limits;
        _writer = new FrameWriter(socket, _ => Close());
        _reader = new FrameReader(socket, limits.MaxMessageBytes, budget: null);
        _events = new EventSender(_writer, limits);
    }

    public ProtocolLimits Limits { get; }

    /// <summary>Serves until the owner closes the connection or has it drained.</summary>
    /// <param name="factory">Makes the handler; disposed at the end, after its last call.</param>
    /// <param name="onEnding">Told when the end has begun: what follows (calls in flight, the handler's disposal) may hang.</param>
    /// <param name="cancellationToken">Ends the connection as if the owner had closed it.</param>
    /// <returns>True when it was drained, false when the owner is gone.</returns>
    /// <exception cref="WorkerProtocolException">The owner broke the protocol.</exception>
    public async Task<bool> RunAsync(WorkHandlerFactory factory, Action onEnding, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static self => ((ServingConnection)self!).Close(), this);
        var reading = ReadAsync();
        var sending = _events.RunAsync(_ended.Token);
        IWorkHandler handler;
        try
        {
            handler = await factory(_events, _ended.Token).ConfigureAwait(false);
        }
        catch
        {
            Close();
            throw;
        }
        try
        {
            Volatile.Write(ref _handler, handler);
            _writer.TrySend(FrameKind.Ready, 0, 0);
            await Task.WhenAny(reading, _drained.Task).ConfigureAwait(false);
            onEnding();
            if (!_drained.Task.IsCompleted)
            {
                Close();
                StopTaking();
                await _idle.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            await handler.DisposeAsync().ConfigureAwait(false);
            await _events.FinishAsync().ConfigureAwait(false);
            await _writer.FlushAsync().ConfigureAwait(false);
            Close();
        }
        await sending.ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        return _drained.Task.IsCompleted;
    }

    public void OnFrame(FrameHeader header, PooledBuffer body)
    {
        switch (header.Kind)
        {
            case FrameKind.Request:
                OnRequest(header, body);
                return;
            case FrameKind.Cancel when header.Length == 0:
                Find(header.Id)?.Cancel();
                return;
            case FrameKind.Ping when header.Length == 0:
                _writer.TrySend(FrameKind.Pong, 0, header.Id);
                StartHeartbeat(header.Id);
                return;
            case FrameKind.Credit when header.Length == 0:
                _events.AddCredits(header.Id);
                return;
            case FrameKind.Drain when header.Length == 0:
                StopTaking();
                _ = _idle.Task.ContinueWith(_ => _drained.TrySetResult(), TaskScheduler.Default);
                return;
            default:
                body.Dispose();
                throw new WorkerProtocolException($"The owner sent a frame of kind {(byte)header.Kind} with {header.Length} bytes, which a worker does not take.");
        }
    }

    public void OnOversized(FrameHeader header)
    {
        if (header.Kind != FrameKind.Request)
            throw new WorkerProtocolException($"The owner sent a frame of kind {(byte)header.Kind} with {header.Length} bytes.");
        Reject(header.Id, ErrorCode.RequestTooLarge, $"The request has {header.Length} bytes; {Limits.MaxMessageBytes} are allowed.");
    }

    /// <summary>Sends a request's one answer.</summary>
    public void Answer(RunningRequest request, OutgoingFrame answer)
    {
        int left;
        lock (_sync)
        {
            // Free before it is sent: the owner may use the place as soon as it has the answer.
            _running.Remove(request.Id);
            left = _running.Count;
        }
        _writer.TrySend(answer, expectMore: left > 0);
        SignalIdle();
    }

    private void OnRequest(FrameHeader header, PooledBuffer body)
    {
        if (!MessageBody.TryRead(body.Memory, out var message, out var fault))
        {
            body.Dispose();
            Reject(header.Id, ErrorCode.Malformed, fault);
            return;
        }
        RunningRequest? request = null;
        var refusal = ErrorCode.Unavailable;
        lock (_sync)
        {
            if (_running.ContainsKey(header.Id))
            {
                body.Dispose();
                throw new WorkerProtocolException($"The owner sent request {header.Id} while it is being worked on.");
            }
            if (_running.Count >= Limits.MaxInFlight)
            {
                refusal = ErrorCode.TooManyInFlight;
            }
            else if (!_isDraining && Volatile.Read(ref _handler) is { } handler)
            {
                request = new RunningRequest(this, handler, header.Id, message, body, _ended.Token);
                _running.Add(header.Id, request);
            }
        }
        if (request is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(request, preferLocal: false);
            return;
        }
        body.Dispose();
        Reject(header.Id, refusal, refusal == ErrorCode.TooManyInFlight
            ? $"There are already {Limits.MaxInFlight} requests in flight."
            : "The worker takes no requests now.");
    }

    private void Reject(ulong id, ErrorCode code, string why) => _writer.TrySend(OutgoingFrame.Error(id, code, "", why), expectMore: true);

    private RunningRequest? Find(ulong id)
    {
        lock (_sync)
            return _running.GetValueOrDefault(id);
    }

    // One at a time: a hung engine must not collect heartbeats.
    private void StartHeartbeat(ulong id)
    {
        if (Volatile.Read(ref _handler) is not { } handler || Interlocked.CompareExchange(ref _heartbeats, 1, 0) != 0)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static beat => _ = beat.Connection.BeatAsync(beat.Handler, beat.Id), (Connection: this, Handler: handler, Id: id), preferLocal: false);
    }

    private async Task BeatAsync(IWorkHandler handler, ulong id)
    {
        try
        {
            await handler.HeartbeatAsync(_ended.Token).ConfigureAwait(false);
            _writer.TrySend(FrameKind.Pong, 1, id);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No pong: to the owner a heartbeat that fails is one that does not come.
            await Console.Error.WriteLineAsync($"The engine's heartbeat failed: {e.GetType().Name}: {e.Message}").ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _heartbeats, 0);
        }
    }

    private void StopTaking()
    {
        lock (_sync)
            _isDraining = true;
        SignalIdle();
    }

    private void SignalIdle()
    {
        lock (_sync)
        {
            if (!_isDraining || _running.Count > 0)
                return;
        }
        _idle.TrySetResult();
    }

    private async Task ReadAsync()
    {
        try
        {
            await _reader.ReadAllAsync(this).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The owner is gone, or this side has closed: both are the end and no error.
        }
        finally
        {
            _writer.Fail(new ObjectDisposedException(nameof(ServingConnection)));
        }
    }

    private void Close()
    {
        // Its callbacks are the handler's: they run elsewhere.
        _ = _ended.CancelAsync();
        _writer.Fail(new ObjectDisposedException(nameof(ServingConnection)));
        _socket.Dispose();
    }
}
