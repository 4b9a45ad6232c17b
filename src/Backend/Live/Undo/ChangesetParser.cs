using System.Buffers.Binary;
using System.Text;
using ITwinOrleans.Native.Txns;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>
/// Reads SQLite's changeset format (sqlite.org, sqlite3session.c, "CHANGESET FORMAT"): for each table a header, then its changes. The library's own
/// <see cref="ChangesetReader"/> is not used, since its integers are JavaScript numbers: ids of briefcases do not fit.
/// </summary>
internal ref struct ChangesetParser(ReadOnlyMemory<byte> bytes)
{
    private const byte TableMark = (byte)'T';

    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private int _at;

    /// <summary>All changes, in the order of the changeset.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static List<RowChange> Parse(ReadOnlyMemory<byte> changeset)
    {
        var parser = new ChangesetParser(changeset);
        try
        {
            return parser.ReadAll();
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("The changeset ends in the middle of a change", exception);
        }
    }

    private List<RowChange> ReadAll()
    {
        var changes = new List<RowChange>();
        string table = "";
        bool[] keys = [];
        while (_at < _span.Length)
        {
            byte mark = _span[_at++];
            if (mark == TableMark)
                (table, keys) = ReadTable();
            else
                changes.Add(ReadChange((ChangeOpcode)mark, table, keys));
        }

        return changes;
    }

    private (string Table, bool[] Keys) ReadTable()
    {
        var keys = new bool[ReadVarint()];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = _span[_at++] != 0;
        int length = _span[_at..].IndexOf((byte)0);
        string table = Encoding.UTF8.GetString(_span.Slice(_at, length));
        _at += length + 1;
        return (table, keys);
    }

    private RowChange ReadChange(ChangeOpcode opcode, string table, bool[] keys)
    {
        _at++; // Whether it followed from another change: it is undone all the same.
        return opcode switch
        {
            ChangeOpcode.Insert => new RowChange(table, keys, opcode, [], ReadRecord(keys.Length)),
            ChangeOpcode.Delete => new RowChange(table, keys, opcode, ReadRecord(keys.Length), []),
            ChangeOpcode.Update => new RowChange(table, keys, opcode, ReadRecord(keys.Length), ReadRecord(keys.Length)),
            _ => throw new InvalidDataException($"The changeset has an unknown change {(int)opcode}"),
        };
    }

    private RowValue[] ReadRecord(int columns)
    {
        var record = new RowValue[columns];
        for (int i = 0; i < columns; i++)
        {
            var type = (RowValueType)_span[_at++];
            record[i] = type switch
            {
                RowValueType.Integer or RowValueType.Float => new RowValue(type, ReadInteger(), default),
                RowValueType.Text or RowValueType.Blob => new RowValue(type, 0, ReadBytes()),
                RowValueType.Undefined or RowValueType.Null => new RowValue(type, 0, default),
                _ => throw new InvalidDataException($"The changeset has a value of unknown type {(int)type}"),
            };
        }

        return record;
    }

    private long ReadInteger()
    {
        long value = BinaryPrimitives.ReadInt64BigEndian(_span[_at..]);
        _at += sizeof(long);
        return value;
    }

    private ReadOnlyMemory<byte> ReadBytes()
    {
        int length = ReadVarint();
        ReadOnlyMemory<byte> value = _bytes.Slice(_at, length);
        _at += length;
        return value;
    }

    // Seven bits a byte, the most significant first. Lengths have 32 bits at most.
    private int ReadVarint()
    {
        long value = 0;
        byte next;
        do
        {
            next = _span[_at++];
            value = (value << 7) | (uint)(next & 0x7F);
        }
        while ((next & 0x80) != 0 && value <= int.MaxValue);
        return checked((int)value);
    }
}
