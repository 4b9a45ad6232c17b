using System.Text;
using ITwinOrleans.Native.Statements;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>A value in a changeset, exactly as SQLite has it.</summary>
/// <param name="Type">SQLite's type; <see cref="RowValueType.Undefined"/> for a column that the change says nothing about.</param>
/// <param name="Bits">An integer, or a number's bits.</param>
/// <param name="Bytes">A text's UTF-8 or a blob.</param>
internal readonly record struct RowValue(RowValueType Type, long Bits, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether the change says something about the column.</summary>
    public bool IsDefined => Type != RowValueType.Undefined;

    /// <summary>The text that stands for the value in SQL: a parameter, or the literal of an empty blob, which cannot be bound.</summary>
    public string Placeholder => Type == RowValueType.Blob && Bytes.IsEmpty ? "X''" : "?";

    /// <summary>Binds the value to the next parameter, if it has one.</summary>
    public void Bind(SqliteStatement statement, ref int parameter)
    {
        if (Type == RowValueType.Blob && Bytes.IsEmpty)
            return;
        parameter++;
        switch (Type)
        {
            case RowValueType.Integer:
                statement.BindInteger(parameter, Bits);
                break;
            case RowValueType.Float:
                statement.BindDouble(parameter, BitConverter.Int64BitsToDouble(Bits));
                break;
            case RowValueType.Text:
                statement.BindString(parameter, Encoding.UTF8.GetString(Bytes.Span));
                break;
            case RowValueType.Blob:
                statement.BindBlob(parameter, Bytes);
                break;
            default:
                statement.BindNull(parameter);
                break;
        }
    }
}
