using System.Buffers.Binary;

namespace ITwinOrleans.Worker.Protocol;

/// <summary>
/// The 16 bytes before every frame's body, little-endian: length of the body (4), version (1), kind (1), flags (2), id (8).
/// The places of length, version and kind stay the same in every version, so that a mismatch can be told.
/// </summary>
internal readonly record struct FrameHeader(uint Length, FrameKind Kind, ushort Flags, ulong Id, byte Version = FrameHeader.CurrentVersion)
{
    public const int Size = 16;

    public const byte CurrentVersion = 1;

    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (FrameKind)bytes[5],
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        bytes[4]);

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Length);
        bytes[4] = Version;
        bytes[5] = (byte)Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Id);
    }
}
