using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The receiving half of a connection: cuts the stream into frames, with one small buffer and, per frame, pooled memory of its own.</summary>
/// <remarks>
/// A thread of its own waits in the system for bytes. A process has few connections, and the system wakes that thread directly: of what an
/// asynchronous receive costs (the poll's thread, the pool's thread, and a poll woken whenever the peer has read something) nothing is left.
/// </remarks>
/// <param name="socket">The connection.</param>
/// <param name="maxBodyBytes">The largest body that is kept; a larger one is skipped.</param>
/// <param name="budget">Bounds the memory of received bodies, or null.</param>
internal sealed class FrameReader(Socket socket, int maxBodyBytes, ReceiveBudget? budget)
{
    private const int StackBytes = 256 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private int _start;
    private int _end;
    private long _received;

    /// <summary>All bytes received so far: while it grows, the peer lives.</summary>
    public long Received => Interlocked.Read(ref _received);

    private int Buffered => _end - _start;

    /// <summary>Reads until the peer closes the connection, the sink rejects a frame or the socket is disposed.</summary>
    /// <exception cref="WorkerProtocolException">The stream is not the protocol.</exception>
    /// <exception cref="SocketException">The connection broke, or was closed here.</exception>
    /// <exception cref="OperationCanceledException">The budget was closed.</exception>
    public Task ReadAllAsync(IFrameSink sink)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                ReadAll(sink);
                ended.SetResult();
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        }, StackBytes) { IsBackground = true, Name = "worker frames in" };
        thread.Start();
        return ended.Task;
    }

    private void ReadAll(IFrameSink sink)
    {
        while (Fill(FrameHeader.Size))
        {
            var header = FrameHeader.Read(_buffer.AsSpan(_start));
            if (header.Version != FrameHeader.CurrentVersion)
                throw new WorkerProtocolException($"The peer speaks version {header.Version} of the protocol, not {FrameHeader.CurrentVersion}.");
            _start += FrameHeader.Size;
            if (header.Length > (uint)maxBodyBytes)
            {
                sink.OnOversized(header);
                if (!Skip(header.Length))
                    return;
                continue;
            }
            if (ReadBody((int)header.Length) is not { } body)
                return;
            sink.OnFrame(header, body);
        }
    }

    private PooledBuffer? ReadBody(int length)
    {
        budget?.WaitForRoom(length);
        var body = PooledBuffer.Rent(length, budget);
        if (length == 0)
            return body;
        try
        {
            var target = body.Memory.Span;
            var filled = Math.Min(length, Buffered);
            _buffer.AsSpan(_start, filled).CopyTo(target);
            _start += filled;
            while (filled < length)
            {
                var read = length - filled < _buffer.Length / 2 ? FillBodyBuffered(target[filled..]) : Receive(target[filled..]);
                if (read == 0)
                {
                    body.Dispose();
                    return null;
                }
                filled += read;
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    // The rest of a small body comes with the frames behind it in one system call.
    private int FillBodyBuffered(Span<byte> rest)
    {
        if (!Fill(1))
            return 0;
        var copied = Math.Min(rest.Length, Buffered);
        _buffer.AsSpan(_start, copied).CopyTo(rest);
        _start += copied;
        return copied;
    }

    private bool Skip(long length)
    {
        while (length > 0)
        {
            if (!Fill(1))
                return false;
            var skipped = (int)Math.Min(length, Buffered);
            _start += skipped;
            length -= skipped;
        }
        return true;
    }

    // False when the peer closed the connection first.
    private bool Fill(int atLeast)
    {
        while (Buffered < atLeast)
        {
            if (Buffered == 0)
            {
                _start = _end = 0;
            }
            else if (_buffer.Length - _start < atLeast)
            {
                _buffer.AsSpan(_start, Buffered).CopyTo(_buffer);
                _end = Buffered;
                _start = 0;
            }
            var read = Receive(_buffer.AsSpan(_end));
            if (read == 0)
                return false;
            _end += read;
        }
        return true;
    }

    private int Receive(Span<byte> target)
    {
        var read = socket.Receive(target, SocketFlags.None);
        Interlocked.Add(ref _received, read);
        return read;
    }
}
