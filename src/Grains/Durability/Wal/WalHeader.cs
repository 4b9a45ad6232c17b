using System.Buffers.Binary;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>The first 32 bytes of a write-ahead log (sqlite.org/fileformat2.html, "The Write-Ahead Log").</summary>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="Salt">Both salts: another number for each generation of the log.</param>
/// <param name="Checksum">The running checksum after the header.</param>
internal readonly record struct WalHeader(int PageSize, ulong Salt, WalChecksum Checksum)
{
    public const int Bytes = 32;

    private const uint LittleEndianMagic = 0x377f0682, BigEndianMagic = 0x377f0683, Version = 3007000;

    /// <summary>Reads a header; null of one that is not whole (SQLite takes such a log for empty, too).</summary>
    public static WalHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes)
            return null;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic is not (LittleEndianMagic or BigEndianMagic) || BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != Version)
            return null;
        var pageSize = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        WalChecksum checksum = new WalChecksum(magic == BigEndianMagic, 0, 0).Add(bytes[..24]);
        return pageSize is >= 512 and <= 65536 && uint.IsPow2(pageSize) && checksum.IsStoredIn(bytes[24..])
            ? new WalHeader((int)pageSize, BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), checksum)
            : null;
    }
}
