using System.Net.Sockets;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>Exchanges the Hellos on a fresh connection, before its loops run. Frames are small and bounded here: the peer is not known yet.</summary>
internal static class HandshakeIO
{
    private const int MaxBodyBytes = 4096;

    /// <summary>The owner's side: takes the worker's Hello and answers with the limits.</summary>
    /// <exception cref="WorkerProtocolException">It is not the worker, or speaks another version; the peer has been told.</exception>
    public static async Task AcceptAsync(Socket socket, byte[] token, ProtocolLimits limits, CancellationToken cancellationToken)
    {
        var (header, body) = await ReadAsync(socket, cancellationToken).ConfigureAwait(false);
        if (header.Version != FrameHeader.CurrentVersion)
        {
            await RefuseAsync(socket, ErrorCode.VersionMismatch,
                $"The worker speaks version {header.Version} of the protocol, its owner version {FrameHeader.CurrentVersion}.", cancellationToken).ConfigureAwait(false);
        }
        if (header.Kind != FrameKind.Hello || !Handshake.IsFrom(body, token))
            await RefuseAsync(socket, ErrorCode.Refused, "The peer is not the worker that was started here.", cancellationToken).ConfigureAwait(false);
        await WriteAsync(socket, FrameKind.Hello, 0, Handshake.OwnerHello(limits), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The worker's side: says who it is and gets the limits.</summary>
    /// <exception cref="WorkerProtocolException">The owner refused, and why.</exception>
    public static async Task<ProtocolLimits> IntroduceAsync(Socket socket, byte[] token, CancellationToken cancellationToken)
    {
        await WriteAsync(socket, FrameKind.Hello, 0, Handshake.WorkerHello(Environment.ProcessId, token), cancellationToken).ConfigureAwait(false);
        var (header, body) = await ReadAsync(socket, cancellationToken).ConfigureAwait(false);
        if (header.Kind == FrameKind.Error && MessageBody.TryRead(body, out var refusal, out _))
            throw new WorkerProtocolException(refusal.Text2);
        if (header.Version != FrameHeader.CurrentVersion)
            throw new WorkerProtocolException($"The owner speaks version {header.Version} of the protocol, the worker version {FrameHeader.CurrentVersion}.");
        if (header.Kind != FrameKind.Hello || Handshake.ReadLimits(body) is not { } limits)
            throw new WorkerProtocolException("The owner did not answer the worker's Hello with its own.");
        return limits;
    }

    private static async Task RefuseAsync(Socket socket, ErrorCode code, string why, CancellationToken cancellationToken)
    {
        await WriteAsync(socket, FrameKind.Error, (ushort)code, Handshake.Refusal(why), cancellationToken).ConfigureAwait(false);
        throw new WorkerProtocolException(why);
    }

    private static async Task WriteAsync(Socket socket, FrameKind kind, ushort flags, byte[] body, CancellationToken cancellationToken)
    {
        var frame = new byte[FrameHeader.Size + body.Length];
        new FrameHeader((uint)body.Length, kind, flags, 0).Write(frame);
        body.CopyTo(frame, FrameHeader.Size);
        for (var sent = 0; sent < frame.Length;)
            sent += await socket.SendAsync(frame.AsMemory(sent), SocketFlags.None, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(FrameHeader Header, byte[] Body)> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var head = new byte[FrameHeader.Size];
        await FillAsync(socket, head, cancellationToken).ConfigureAwait(false);
        var header = FrameHeader.Read(head);
        if (header.Length > MaxBodyBytes)
            throw new WorkerProtocolException("The peer's first frame is no Hello.");
        var body = new byte[header.Length];
        await FillAsync(socket, body, cancellationToken).ConfigureAwait(false);
        return (header, body);
    }

    private static async Task FillAsync(Socket socket, Memory<byte> target, CancellationToken cancellationToken)
    {
        while (target.Length > 0)
        {
            var read = await socket.ReceiveAsync(target, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new WorkerProtocolException("The peer closed the connection during the handshake.");
            target = target[read..];
        }
    }
}
