using System.Buffers;
using System.Net.Sockets;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The sending half of a connection: frames in order, many small ones in one system call, large parts from where they are.</summary>
/// <remarks>
/// Whoever queues a frame while nobody sends becomes the sender; frames that are queued meanwhile go out together in its next turn.
/// What waits here is bounded by the calls, answers and events that the protocol allows in flight.
/// </remarks>
internal sealed class FrameWriter : IThreadPoolWorkItem
{
    private const int ChunkBytes = 64 * 1024;

    // Below this a copy is cheaper than a system call of its own.
    private const int CopyBelow = 16 * 1024;

    private readonly Lock _sync = new();
    private readonly Socket _socket;
    private readonly Action<Exception> _onFailed;
    private List<Segment> _pending = [];
    private List<Segment> _sending = [];
    private byte[]? _chunk;
    private int _chunkUsed;
    private bool _isSending;
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
    /// <param name="expectMore">Others are likely to follow at once: let them catch up before the system call.</param>
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
        if (!references)
            frame.Complete();
        Start(start, expectMore);
        return true;
    }

    /// <summary>Queues a frame that is not a message.</summary>
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
        Start(start, expectMore: false);
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
        }
        Release(abandoned, 0);
    }

    void IThreadPoolWorkItem.Execute() => _ = SendPendingAsync(int.MaxValue);

    private void Start(bool start, bool expectMore)
    {
        if (!start)
            return;
        if (expectMore)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            _ = SendPendingAsync(turns: 1);
    }

    // Ends in Fail or with nothing pending; a caller that lends its thread does so for one turn.
    private async Task SendPendingAsync(int turns)
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
                        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                        return;
                    }
                    (_pending, _sending) = (_sending, _pending);
                }
                await SendAllAsync(_sending).ConfigureAwait(false);
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

    private async ValueTask SendAllAsync(List<Segment> segments)
    {
        var done = 0;
        try
        {
            for (; done < segments.Count; done++)
            {
                var segment = segments[done];
                for (var rest = segment.Bytes; rest.Length > 0;)
                {
                    Interlocked.Add(ref _handedOver, rest.Length);
                    var sent = await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false);
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
