using System.Buffers.Binary;
using System.Net.Sockets;

namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>Frames written and read by hand, so that the tests do not agree with the protocol's code by using it.</summary>
internal static class RawFrames
{
    public const byte Hello = 1, Ready = 2, Request = 3, Response = 4, Error = 5, Cancel = 6, Event = 7, Ping = 8, Pong = 9, Credit = 10, Drain = 11;

    public static byte[] Frame(byte kind, ulong id, byte[] body, ushort flags = 0, byte version = 1, uint? length = null)
    {
        var frame = new byte[16 + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, length ?? (uint)body.Length);
        frame[4] = version;
        frame[5] = kind;
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8), id);
        body.CopyTo(frame, 16);
        return frame;
    }

    public static byte[] Message(string text1, string text2, byte[] json, params byte[][] binaries)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var first = System.Text.Encoding.UTF8.GetBytes(text1);
        var second = System.Text.Encoding.UTF8.GetBytes(text2);
        writer.Write((ushort)first.Length);
        writer.Write((ushort)second.Length);
        writer.Write(json.Length);
        writer.Write(binaries.Length);
        foreach (var binary in binaries)
            writer.Write(binary.Length);
        writer.Write(first);
        writer.Write(second);
        writer.Write(json);
        foreach (var binary in binaries)
            writer.Write(binary);
        writer.Flush();
        return stream.ToArray();
    }

    public static async Task SendAllAsync(this Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent));
    }

    /// <summary>The next frame; null when the peer has closed the connection.</summary>
    public static async Task<(byte Kind, ushort Flags, ulong Id, byte[] Body)?> ReadFrameAsync(this Socket socket)
    {
        var header = new byte[16];
        if (!await Wait.ForAsync(FillAsync(socket, header), "a frame or the end of the connection"))
            return null;
        var body = new byte[BinaryPrimitives.ReadUInt32LittleEndian(header)];
        if (!await Wait.ForAsync(FillAsync(socket, body), "a frame's body"))
            return null;
        return (header[5], BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6)), BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(8)), body);
    }

    private static async Task<bool> FillAsync(Socket socket, byte[] target)
    {
        for (var filled = 0; filled < target.Length;)
        {
            int read;
            try
            {
                read = await socket.ReceiveAsync(target.AsMemory(filled));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                return false;
            }
            if (read == 0)
                return false;
            filled += read;
        }
        return true;
    }
}
