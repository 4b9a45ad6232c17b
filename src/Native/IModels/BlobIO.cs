using System.Text.Json.Nodes;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.IModels;

/// <summary>Reads and writes a blob in a database piece by piece. Its size is fixed. Belongs to its database.</summary>
public sealed class BlobIO : NativeDbObject
{
    /// <summary>Opens the blob in a row and column of a table.</summary>
    /// <exception cref="NativeException">There is none.</exception>
    public BlobIO(NativeDb db, string table, string column, long row, bool writeable = false)
        : base(db, "BlobIO")
    {
        try
        {
            var place = new JsonObject { ["tableName"] = table, ["columnName"] = column, ["row"] = row, ["writeable"] = writeable };
            Invoke("open", db, (NativeJson)place.ToJsonString());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The blob's size in bytes.</summary>
    public int Length => (int)CallNumber("getNumBytes");

    /// <summary>Reads bytes.</summary>
    /// <exception cref="NativeUsageException">They lie outside the blob.</exception>
    public NativeResult Read(int offset, int count)
    {
        CheckRange(offset, count);
        return count == 0 ? NativeResult.EmptyBinary : Call("read", (NativeJson)$$"""{"offset":{{offset}},"numBytes":{{count}}}""");
    }

    /// <summary>Writes bytes in place.</summary>
    /// <exception cref="NativeUsageException">They lie outside the blob.</exception>
    public void Write(int offset, ReadOnlyMemory<byte> bytes)
    {
        CheckRange(offset, bytes.Length);
        string json = $$$"""{"offset":{{{offset}}},"numBytes":{{{bytes.Length}}},"blob":{"$binary":0}}""";
        Invoke("write", new NativeJson(System.Text.Encoding.UTF8.GetBytes(json), [bytes]));
    }

    /// <summary>Goes to the same column of another row.</summary>
    public void ChangeRow(int row) => Invoke("changeRow", row);

    private protected override void End() => Invoke("close");

    private void CheckRange(int offset, int count)
    {
        int length = Length;
        if (offset < 0 || count < 0 || offset > length - count)
            throw new NativeUsageException($"Bytes {offset} to {(long)offset + count} lie outside the blob of {length} bytes");
    }
}
