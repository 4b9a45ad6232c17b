using System.Buffers.Binary;
using Snappier;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>
/// Unpacks the changes of a transaction as the library keeps them in <c>dgn_Txns</c> (imodel-native, TxnManager.cpp and BeSQLite.cpp): pieces that
/// begin with their length in two bytes, each compressed with Snappy; what they unpack to begins with a signature and the changeset's length.
/// </summary>
internal static class TxnChanges
{
    private const int LengthSize = sizeof(ushort), HeaderSize = 2 * sizeof(uint);
    private const uint Signature = 0x0600;

    /// <summary>The transaction's changeset.</summary>
    /// <exception cref="InvalidDataException">It is kept in another way.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlySpan<byte> packed)
    {
        using var unpacked = new MemoryStream();
        while (packed.Length > LengthSize)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(packed);
            if (length <= LengthSize || length > packed.Length)
                throw new InvalidDataException("The changes of a transaction end in the middle of a piece");
            unpacked.Write(Snappy.DecompressToArray(packed[LengthSize..length]));
            packed = packed[length..];
        }

        ReadOnlyMemory<byte> bytes = unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != Signature)
            throw new InvalidDataException("The changes of a transaction have an unknown signature");
        int size = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[sizeof(uint)..]);
        return bytes.Length >= HeaderSize + size ? bytes.Slice(HeaderSize, size) : throw new InvalidDataException("The changes of a transaction are not complete");
    }
}
