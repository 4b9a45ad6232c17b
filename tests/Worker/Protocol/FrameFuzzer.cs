using System.Buffers.Binary;
using ITwinOrleans.Worker.Protocol;
using static ITwinOrleans.Worker.Tests.Support.RawFrames;

namespace ITwinOrleans.Worker.Tests.Protocol;

/// <summary>Makes streams of malformed frames for the worker's end, the same for the same seed.</summary>
internal sealed class FrameFuzzer(int seed, ProtocolLimits limits)
{
    private const int FramesPerStream = 60;

    public Random Random { get; } = new(seed);

    /// <summary>A connection's worth of frames, each malformed.</summary>
    /// <returns>The bytes, the number of frames, and whether the last one breaks the connection.</returns>
    public (MemoryStream Bytes, int Frames, bool Breaks) NextStream()
    {
        var bytes = new MemoryStream();
        var frames = Random.Next(1, 2 * FramesPerStream);
        for (var i = 0; i < frames; i++)
            bytes.Write(NextRefused());
        if (Random.Next(3) > 0)
            return (bytes, frames, false);
        bytes.Write(NextBreaking());
        return (bytes, frames + 1, true);
    }

    // Framing intact, body no message: to be refused.
    private byte[] NextRefused()
    {
        var id = (ulong)Random.NextInt64();
        switch (Random.Next(8))
        {
            case 0:
                return Frame(Request, id, Bytes(Random.Next(12)));
            case 1:
                return Random.Next(50) == 0 ? Frame(Request, id, new byte[limits.MaxMessageBytes + 1 + Random.Next(1000)]) : Frame(Request, id, Bytes(11));
            case 2:
                // A text that is not UTF-8.
                var invalid = Valid();
                invalid[MessageBody.FixedBytes + (2 * 4)] = 0xFF;
                return Frame(Request, id, invalid);
            case 3:
                return Frame(Request, id, [.. Valid(), .. Bytes(Random.Next(1, 50))]);
            case 4:
                return Frame(Request, id, Valid()[..^Random.Next(1, 10)]);
            case 5:
                // One of the lengths or the count is another.
                var wrong = Valid();
                var at = Random.Next(2) == 0 ? 4 : 8;
                var was = BinaryPrimitives.ReadUInt32LittleEndian(wrong.AsSpan(at));
                var now = Random.Next(2) == 0 ? (uint)Random.NextInt64(uint.MaxValue) : was ^ (1u << Random.Next(32));
                BinaryPrimitives.WriteUInt32LittleEndian(wrong.AsSpan(at), now == was ? was + 1 : now);
                return Frame(Request, id, wrong);
            case 6:
                // Lengths whose sum overflows 32 bits.
                byte[] overflow = [4, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, .. "echo"u8];
                BinaryPrimitives.WriteUInt32LittleEndian(overflow.AsSpan(12), uint.MaxValue - (uint)Random.Next(64));
                return Frame(Request, id, overflow);
            default:
                return Frame(Request, id, [0xFF, 0xFF, 0xFF, 0xFF, .. Bytes(Random.Next(8, 200))]);
        }
    }

    private byte[] NextBreaking()
    {
        var id = (ulong)Random.NextInt64();
        switch (Random.Next(9))
        {
            case 0:
                return Frame((byte)Random.Next(12, 256), id, Bytes(Random.Next(100)));
            case 1:
                return Frame(Request, id, Valid(), version: (byte)Random.Next(2, 256));
            case 2:
                return Frame((byte)Random.Next(Cancel, Drain + 1), id, Bytes(Random.Next(1, 50)));
            case 3:
                return Frame(Credit, (ulong)limits.EventCredits + 1 + id, []);
            case 4:
                return Frame(new[] { Hello, Ready, Response, Error, Event, Pong }[Random.Next(6)], id, Valid());
            case 5:
                // Ends amid the frame.
                return Frame(Request, id, Bytes(Random.Next(60)), length: 61 + (uint)Random.Next(limits.MaxMessageBytes - 61));
            case 6:
                return Frame(Request, id, Bytes(Random.Next(60)), length: (uint)Random.NextInt64(limits.MaxMessageBytes + 1, uint.MaxValue));
            case 7:
                var bytes = Bytes(Random.Next(1, 300));
                if (bytes.Length > 4 && bytes[4] == FrameHeader.CurrentVersion)
                    bytes[4] = 0;
                return bytes;
            default:
                return Frame(Request, id, Valid())[..Random.Next(1, FrameHeader.Size)];
        }
    }

    private byte[] Valid() => Message("echo", "c", Bytes(Random.Next(1, 100)), Bytes(Random.Next(1, 20)), Bytes(Random.Next(1, 40)));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }
}
