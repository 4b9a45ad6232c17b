using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>
/// A keep-alive connection that sends prepared bytes and reads answers. It blocks its thread: for the few connections of a benchmark that takes
/// less of the processor, which the servers share, than any asynchronous client.
/// </summary>
internal sealed class Connection(int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private Socket? _socket;
    private int _start;
    private int _end;

    /// <summary>Connects now, so that the first request does not have to.</summary>
    public Connection Open()
    {
        _start = _end = 0;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 120_000 };
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return this;
    }

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <param name="body">Gets the body as it is on the wire, without chunk marks; null throws it away.</param>
    /// <returns>The HTTP status.</returns>
    public int Send(ReadOnlySpan<byte> request, MemoryStream? body = null)
    {
        if (_socket is null)
            Open();
        for (int sent = 0; sent < request.Length;)
            sent += _socket!.Send(request[sent..]);
        return Receive(body);
    }

    public void Dispose() => Close();

    /// <summary>Forgets the connection; the next request makes another.</summary>
    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private int Receive(MemoryStream? body)
    {
        ReadOnlySpan<byte> line = ReadLine();
        if (line.Length < 12 || !Utf8Parser.TryParse(line[9..12], out int status, out _))
            throw new InvalidDataException("No HTTP: " + Encoding.Latin1.GetString(line));
        long length = status is 204 or 304 ? 0 : -1;
        bool chunked = false, closes = false;
        while (!(line = ReadLine()).IsEmpty)
        {
            if (Is(line, "content-length:"u8) && Utf8Parser.TryParse(line["content-length:"u8.Length..].TrimStart((byte)' '), out long value, out _))
                length = value;
            else if (Is(line, "transfer-encoding: chunked"u8))
                chunked = true;
            else if (Is(line, "connection: close"u8))
                closes = true;
        }

        if (chunked)
            ReadChunks(body);
        else if (length >= 0)
            Take(length, body);
        else
            throw new InvalidDataException("The answer has no length.");
        if (closes)
            Close();
        return status;
    }

    private void ReadChunks(MemoryStream? body)
    {
        while (true)
        {
            if (!Utf8Parser.TryParse(ReadLine(), out int size, out _, 'x'))
                throw new InvalidDataException("A chunk has no size.");
            Take(size, body);
            ReadLine();
            if (size == 0)
                return;
        }
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> start) =>
        line.Length >= start.Length && Ascii.EqualsIgnoreCase(line[..start.Length], start);

    /// <summary>The next line without its end; valid until the next read.</summary>
    private ReadOnlySpan<byte> ReadLine()
    {
        while (true)
        {
            int end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlySpan<byte> line = _buffer.AsSpan(_start, end).TrimEnd((byte)'\r');
                _start += end + 1;
                return line;
            }

            Fill();
        }
    }

    private void Take(long length, MemoryStream? body)
    {
        while (length > 0)
        {
            if (_start == _end)
                Fill();
            int part = (int)Math.Min(length, _end - _start);
            body?.Write(_buffer, _start, part);
            _start += part;
            length -= part;
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = _socket!.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        if (read == 0)
            throw new EndOfStreamException("The server closed the connection.");
        _end += read;
    }
}
