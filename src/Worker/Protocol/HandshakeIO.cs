using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>Exchanges the Hellos on a fresh connection, before its loops run. Frames are small and bounded here: the peer is not known yet.</summary>
internal static class HandshakeIO
{
    private const int MaxBodyBytes = 4096;

    /// <summary>The owner's side: takes the worker's Hello and answers with the limits.</summary>
    /// <exception cref="WorkerProtocolException">It is not the worker, or speaks another version; the peer has been told.</exception>
    public static async Task AcceptAsync(Socket socket, byte[] token, ProtocolLimits limits, CancellationToken cancellationToken) =>
        await RunAsync(socket, () => Accept(socket, token, limits), cancellationToken).ConfigureAwait(false);

    /// <summary>The worker's side: says who it is and gets the limits.</summary>
    /// <exception cref="WorkerProtocolException">The owner refused, and why.</exception>
    public static Task<ProtocolLimits> IntroduceAsync(Socket socket, byte[] token, CancellationToken cancellationToken) =>
        RunAsync(socket, () => Introduce(socket, token), cancellationToken);

    // On a thread of its own: a socket that was once used asynchronously never blocks by itself again, and the connection's threads do.
    private static async Task<T> RunAsync<T>(Socket socket, Func<T> exchange, CancellationToken cancellationToken)
    {
        using var giveUp = cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        try
        {
            return await Task.Factory.StartNew(exchange, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is SocketException or ObjectDisposedException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    private static bool Accept(Socket socket, byte[] token, ProtocolLimits limits)
    {
        var (header, body) = Read(socket);
        if (header.Version != FrameHeader.CurrentVersion)
        {
            throw Refuse(socket, ErrorCode.VersionMismatch,
                $"The worker speaks version {header.Version} of the protocol, its owner version {FrameHeader.CurrentVersion}.");
        }
        if (header.Kind != FrameKind.Hello || !Handshake.IsFrom(body, token))
            throw Refuse(socket, ErrorCode.Refused, "The peer is not the worker that was started here.");
        Write(socket, FrameKind.Hello, 0, Handshake.OwnerHello(limits));
        return true;
    }

    private static ProtocolLimits Introduce(Socket socket, byte[] token)
    {
        Write(socket, FrameKind.Hello, 0, Handshake.WorkerHello(Environment.ProcessId, token));
        var (header, body) = Read(socket);
        if (header.Kind == FrameKind.Error && MessageBody.TryRead(body, out var refusal, out _))
            throw new WorkerProtocolException(refusal.Text2);
        if (header.Version != FrameHeader.CurrentVersion)
            throw new WorkerProtocolException($"The owner speaks version {header.Version} of the protocol, the worker version {FrameHeader.CurrentVersion}.");
        if (header.Kind != FrameKind.Hello || Handshake.ReadLimits(body) is not { } limits)
            throw new WorkerProtocolException("The owner did not answer the worker's Hello with its own.");
        return limits;
    }

    private static WorkerProtocolException Refuse(Socket socket, ErrorCode code, string why)
    {
        Write(socket, FrameKind.Error, (ushort)code, Handshake.Refusal(why));
        return new WorkerProtocolException(why);
    }

    private static void Write(Socket socket, FrameKind kind, ushort flags, byte[] body)
    {
        var frame = new byte[FrameHeader.Size + body.Length];
        new FrameHeader((uint)body.Length, kind, flags, 0).Write(frame);
        body.CopyTo(frame, FrameHeader.Size);
        for (var sent = 0; sent < frame.Length;)
            sent += socket.Send(frame.AsSpan(sent), SocketFlags.None);
    }

    private static (FrameHeader Header, byte[] Body) Read(Socket socket)
    {
        var head = new byte[FrameHeader.Size];
        Fill(socket, head);
        var header = FrameHeader.Read(head);
        if (header.Length > MaxBodyBytes)
            throw new WorkerProtocolException("The peer's first frame is no Hello.");
        var body = new byte[header.Length];
        Fill(socket, body);
        return (header, body);
    }

    private static void Fill(Socket socket, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var read = socket.Receive(target, SocketFlags.None);
            if (read == 0)
                throw new WorkerProtocolException("The peer closed the connection during the handshake.");
            target = target[read..];
        }
    }
}
