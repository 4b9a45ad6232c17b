using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>The value in a column of a statement's current row. Void when the statement moves on.</summary>
public sealed class ECSqlValue : NativeObject
{
    private readonly StatementParts _parts;

    internal ECSqlValue(NativeObject value, StatementParts parts)
        : base(value) => _parts = parts;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => CallBoolean("isNull");

    /// <summary>The value as text; empty for null.</summary>
    public string GetString() => CallText("getString");

    /// <summary>The value as a boolean.</summary>
    public bool GetBoolean() => CallBoolean("getBoolean");

    /// <summary>The value as a number.</summary>
    public double GetDouble() => CallNumber("getDouble");

    /// <summary>The value as an integer of 32 bits.</summary>
    public int GetInt() => (int)CallNumber("getInt");

    /// <summary>The value as an integer; native code gives it as a number, exact up to 2^53.</summary>
    public long GetInt64() => (long)CallNumber("getInt64");

    /// <summary>The value as an id; null if it is none.</summary>
    public string? GetId() => TextOrNull("getId");

    /// <summary>The value as a GUID; null if it is none.</summary>
    public string? GetGuid() => TextOrNull("getGuid");

    /// <summary>A class id's class, <c>Schema.Class</c>.</summary>
    public string GetClassName() => CallText("getClassNameForClassId");

    /// <summary>The value as a date and time in ISO 8601.</summary>
    public string GetDateTime() => CallText("getDateTime");

    /// <summary>The bytes; empty for null.</summary>
    public NativeResult GetBlob() => IsNull ? NativeResult.EmptyBinary : Call("getBlob");

    /// <summary>A geometry as iModelJson text.</summary>
    public string GetGeometry() => CallText("getGeometry");

    /// <summary><c>{id, relClassName?}</c>.</summary>
    public NativeResult GetNavigation() => Call("getNavigation");

    /// <summary><c>{x, y}</c>.</summary>
    public NativeResult GetPoint2d() => Call("getPoint2d");

    /// <summary><c>{x, y, z}</c>.</summary>
    public NativeResult GetPoint3d() => Call("getPoint3d");

    /// <summary>The enumerators that the value stands for; undefined if there are none.</summary>
    public NativeResult GetEnum() => Call("getEnum");

    /// <summary>What the column is.</summary>
    public ECSqlColumnInfo GetColumnInfo() => _parts.Add(new ECSqlColumnInfo(CallForObject("getColumnInfo")));

    /// <summary>The members of a struct.</summary>
    public ECSqlValueIterator GetStructMembers() => Iterate("getStructIterator");

    /// <summary>The elements of an array.</summary>
    public ECSqlValueIterator GetArrayElements() => Iterate("getArrayIterator");

    private ECSqlValueIterator Iterate(string method) => _parts.Add(new ECSqlValueIterator(CallForObject(method), _parts));

    private string? TextOrNull(string method)
    {
        using NativeResult text = Call(method);
        return text.HasValue ? text.GetText() : null;
    }
}
