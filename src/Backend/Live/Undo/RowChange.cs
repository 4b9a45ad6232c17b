using ITwinOrleans.Native.Txns;

namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>A change of one row.</summary>
/// <param name="Table">The row's table.</param>
/// <param name="KeyColumns">Which columns are its primary key.</param>
/// <param name="Opcode">What happened to it.</param>
/// <param name="Old">The values before; of an update the key and what changed. Empty of an insert.</param>
/// <param name="New">The values after; of an update what changed. Empty of a delete.</param>
internal sealed record RowChange(string Table, bool[] KeyColumns, ChangeOpcode Opcode, RowValue[] Old, RowValue[] New)
{
    /// <summary>The values that the primary key is among.</summary>
    public RowValue[] Key => Opcode == ChangeOpcode.Insert ? New : Old;

    /// <summary>The key of a table whose key is one integer, as all of an iModel's tables of entities are; 0 of another.</summary>
    public long Id
    {
        get
        {
            int column = Array.IndexOf(KeyColumns, true);
            return column == Array.LastIndexOf(KeyColumns, true) && Key[column].Type == RowValueType.Integer ? Key[column].Bits : 0;
        }
    }
}
