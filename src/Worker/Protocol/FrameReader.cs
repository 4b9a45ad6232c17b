using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>The receiving half of a connection: cuts the stream into frames, with one small buffer and, per frame, pooled memory of its own.</summary>
/// <param name="socket">The connection.</param>
/// <param name="maxBodyBytes">The largest body that is kept; a larger one is skipped.</param>
/// <param name="budget">Bounds the memory of received bodies, or null.</param>
internal sealed class FrameReader(Socket socket, int maxBodyBytes, ReceiveBudget? budget)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private int _start;
    private int _end;
    private long _received;

    /// <summary>All bytes received so far: while it grows, the peer lives.</summary>
    public long Received => Interlocked.Read(ref _received);

    private int Buffered => _end - _start;

    /// <summary>Reads until the peer closes the connection, the sink rejects a frame or the token is cancelled.</summary>
    /// <exception cref="WorkerProtocolException">The stream is not the protocol.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public async Task ReadAllAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        while (await FillAsync(FrameHeader.Size, cancellationToken).ConfigureAwait(false))
        {
            var header = FrameHeader.Read(_buffer.AsSpan(_start));
            if (header.Version != FrameHeader.CurrentVersion)
                throw new WorkerProtocolException($"The peer speaks version {header.Version} of the protocol, not {FrameHeader.CurrentVersion}.");
            _start += FrameHeader.Size;
            if (header.Length > (uint)maxBodyBytes)
            {
                sink.OnOversized(header);
                if (!await SkipAsync(header.Length, cancellationToken).ConfigureAwait(false))
                    return;
                continue;
            }
            if (await ReadBodyAsync((int)header.Length, cancellationToken).ConfigureAwait(false) is not { } body)
                return;
            sink.OnFrame(header, body, Buffered > 0);
        }
    }

    private async ValueTask<PooledBuffer?> ReadBodyAsync(int length, CancellationToken cancellationToken)
    {
        if (budget is not null)
            await budget.WaitForRoomAsync(length, cancellationToken).ConfigureAwait(false);
        var body = PooledBuffer.Rent(length, budget);
        if (length == 0)
            return body;
        try
        {
            var filled = Math.Min(length, Buffered);
            _buffer.AsSpan(_start, filled).CopyTo(body.Memory.Span);
            _start += filled;
            while (filled < length)
            {
                var read = length - filled < _buffer.Length / 2
                    ? await FillBodyBufferedAsync(body.Memory[filled..], cancellationToken).ConfigureAwait(false)
                    : await ReceiveAsync(body.Memory[filled..], cancellationToken).ConfigureAwait(false);
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
    private async ValueTask<int> FillBodyBufferedAsync(Memory<byte> rest, CancellationToken cancellationToken)
    {
        if (!await FillAsync(1, cancellationToken).ConfigureAwait(false))
            return 0;
        var copied = Math.Min(rest.Length, Buffered);
        _buffer.AsMemory(_start, copied).CopyTo(rest);
        _start += copied;
        return copied;
    }

    private async ValueTask<bool> SkipAsync(long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (!await FillAsync(1, cancellationToken).ConfigureAwait(false))
                return false;
            var skipped = (int)Math.Min(length, Buffered);
            _start += skipped;
            length -= skipped;
        }
        return true;
    }

    // False when the peer closed the connection first.
    private async ValueTask<bool> FillAsync(int atLeast, CancellationToken cancellationToken)
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
            var read = await ReceiveAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return false;
            _end += read;
        }
        return true;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        var read = await socket.ReceiveAsync(target, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _received, read);
        return read;
    }
}
