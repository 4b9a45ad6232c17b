using System.Buffers;
using System.Net.Sockets;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The sending half of a connection: frames in order, many small ones in one system call, large parts from where they are.</summary>
/// <remarks>
/// Whoever queues a small frame while nobody sends sends it; what is queued meanwhile, and what is large, goes out together on the connection's
/// own thread, which may block as long as the peer does not read. What waits here is bounded by the calls, answers and events that the protocol
/// allows in flight.
/// </remarks>
internal sealed class FrameWriter
{
    private const int ChunkBytes = 64 * 1024;

    // Below this a copy is cheaper than a system call of its own.
    private const int CopyBelow = 16 * 1024;

    // What the system's buffer of a socket takes at once, so that a lent thread does not wait for the peer.
    private const int LendBelow = 64 * 1024;

    private const int StackBytes = 256 * 1024;

    // Not a Lock: it is waited on.
    private readonly object _sync = new();
    private readonly Socket _socket;
    private readonly Action<Exception> _onFailed;
    private List<Segment> _pending = [];
    private List<Segment> _sending = [];
    private byte[]? _chunk;
    private int _chunkUsed;
    private bool _isSending;
    private bool _isHandedOver;
    private Thread? _thread;
    private Exception? _failure;
    private TaskCompletionSource? _idle;
    private long _queuedBytes;
    private long _handedOver;

    public FrameWriter(Socket socket, Action<Exception> onFailed)
    {
        _socket = socket;
        _onFailed = onFailed;
    }

    /// <summary>How far into the stream the system has been given bytes: a frame that starts at or behind it was never sent.</summary>
    public long HandedOver => Interlocked.Read(ref _handedOver);

    /// <summary>Queues a message; false when the connection cannot send any more (its memory is then given back).</summary>
    /// <param name="frame">The message.</param>
    /// <param name="expectMore">
    /// Others are likely to follow at once: let them catch up before the system call. A thread that reads says so, too: if it waited for a peer
    /// whose reading thread does the same, both would wait for ever.
    /// </param>
    public bool TrySend(OutgoingFrame frame, bool expectMore)
    {
        var references = false;
        bool start;
        lock (_sync)
        {
            if (_failure is not null)
            {
                frame.Complete();
                return false;
            }
            frame.StartOffset = _queuedBytes;
            WriteHeader(new FrameHeader((uint)frame.Length, frame.Kind, frame.Flags, frame.Id));
            var body = frame.Body;
            var prefix = MessageBody.PrefixBytes(frame.Text1Bytes, frame.Text2Bytes, body.Binaries.Count);
            body.WritePrefix(Reserve(prefix), frame.Text1Bytes, frame.Text2Bytes);
            references |= Append(body.Json);
            for (var i = 0; i < body.Binaries.Count; i++)
                references |= Append(body.Binaries[i]);
            if (references)
            {
                CloseChunk();
                _pending.Add(new Segment(null, default, frame));
            }
            start = !_isSending;
            _isSending = true;
        }
        if (start)
            Start(lend: !expectMore && frame.Length < LendBelow);
        if (!references)
            frame.Complete();
        return true;
    }

    /// <summary>Queues a frame that is not a message. It never waits for the peer, so that a thread that reads may call it.</summary>
    public bool TrySend(FrameKind kind, ushort flags, ulong id, ReadOnlySpan<byte> body = default)
    {
        bool start;
        lock (_sync)
        {
            if (_failure is not null)
                return false;
            WriteHeader(new FrameHeader((uint)body.Length, kind, flags, id));
            body.CopyTo(Reserve(body.Length));
            start = !_isSending;
            _isSending = true;
        }
        if (start)
            Start(lend: false);
        return true;
    }

    /// <summary>Completes when all that was queued has been sent, or never will be.</summary>
    public Task FlushAsync()
    {
        lock (_sync)
        {
            if (!_isSending)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Refuses further frames and gives the memory of waiting ones back.</summary>
    public void Fail(Exception cause)
    {
        List<Segment> abandoned;
        lock (_sync)
        {
            if (_failure is not null)
                return;
            _failure = cause;
            CloseChunk();
            abandoned = _pending;
            _pending = [];
            Monitor.PulseAll(_sync);
        }
        Release(abandoned, 0);
    }

    private void Start(bool lend)
    {
        if (lend)
        {
            SendPending(turns: 1);
            return;
        }
        lock (_sync)
            HandOver();
    }

    // Under the lock: the rest is the own thread's.
    private void HandOver()
    {
        _isHandedOver = true;
        if (_thread is not null)
        {
            Monitor.PulseAll(_sync);
            return;
        }
        _thread = new Thread(SendAlways, StackBytes) { IsBackground = true, Name = "worker frames out" };
        _thread.Start();
    }

    private void SendAlways()
    {
        while (true)
        {
            lock (_sync)
            {
                while (!_isHandedOver && _failure is null)
                    Monitor.Wait(_sync);
                if (!_isHandedOver)
                    return;
                _isHandedOver = false;
            }
            SendPending(int.MaxValue);
        }
    }

    // Ends in Fail or with nothing pending; a caller that lends its thread does so for one turn.
    private void SendPending(int turns)
    {
        try
        {
            while (true)
            {
                lock (_sync)
                {
                    CloseChunk();
                    if (_pending.Count == 0)
                    {
                        EndSending();
                        return;
                    }
                    if (turns-- == 0)
                    {
                        HandOver();
                        return;
                    }
                    (_pending, _sending) = (_sending, _pending);
                }
                SendAll(_sending);
            }
        }
        catch (Exception e)
        {
            Fail(e);
            lock (_sync)
                EndSending();
            _onFailed(e);
        }
    }

    private void EndSending()
    {
        _isSending = false;
        _idle?.TrySetResult();
        _idle = null;
    }

    private void SendAll(List<Segment> segments)
    {
        var done = 0;
        try
        {
            for (; done < segments.Count; done++)
            {
                var segment = segments[done];
                for (var rest = segment.Bytes.Span; rest.Length > 0;)
                {
                    Interlocked.Add(ref _handedOver, rest.Length);
                    var sent = _socket.Send(rest, SocketFlags.None);
                    Interlocked.Add(ref _handedOver, sent - rest.Length);
                    rest = rest[sent..];
                }
                segment.Release();
            }
        }
        finally
        {
            Release(segments, done);
        }
    }

    private static void Release(List<Segment> segments, int from)
    {
        for (var i = from; i < segments.Count; i++)
            segments[i].Release();
        segments.Clear();
    }

    private void WriteHeader(FrameHeader header) => header.Write(Reserve(FrameHeader.Size));

    private bool Append(ReadOnlyMemory<byte> part)
    {
        if (part.Length < CopyBelow)
        {
            part.Span.CopyTo(Reserve(part.Length));
            return false;
        }
        CloseChunk();
        _pending.Add(new Segment(null, part, null));
        _queuedBytes += part.Length;
        return true;
    }

    private Span<byte> Reserve(int bytes)
    {
        _queuedBytes += bytes;
        if (_chunk is not null && _chunk.Length - _chunkUsed < bytes)
            CloseChunk();
        _chunk ??= ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, bytes));
        var span = _chunk.AsSpan(_chunkUsed, bytes);
        _chunkUsed += bytes;
        return span;
    }

    private void CloseChunk()
    {
        if (_chunk is null)
            return;
        if (_chunkUsed > 0)
            _pending.Add(new Segment(_chunk, _chunk.AsMemory(0, _chunkUsed), null));
        else
            ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = null;
        _chunkUsed = 0;
    }

    private readonly record struct Segment(byte[]? Chunk, ReadOnlyMemory<byte> Bytes, OutgoingFrame? Ends)
    {
        public void Release()
        {
            if (Chunk is not null)
                ArrayPool<byte>.Shared.Return(Chunk);
            Ends?.Complete();
        }
    }
}
