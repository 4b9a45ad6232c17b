using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>Binds values to a parameter of a statement, a member of a struct or an element of an array. Void with its statement.</summary>
public sealed class ECSqlBinder : NativeObject
{
    private readonly StatementParts _parts;

    internal ECSqlBinder(NativeObject binder, StatementParts parts)
        : base(binder) => _parts = parts;

    /// <summary>Binds null.</summary>
    public void BindNull() => Bind("bindNull");

    /// <summary>Binds a boolean.</summary>
    public void BindBoolean(bool value) => Bind("bindBoolean", value);

    /// <summary>Binds an integer, exactly.</summary>
    public void BindInteger(long value) => Bind("bindInteger", value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Binds a number.</summary>
    public void BindDouble(double value) => Bind("bindDouble", value);

    /// <summary>Binds text.</summary>
    public void BindString(string value) => Bind("bindString", value);

    /// <summary>Binds an id, hexadecimal as <c>0x1c</c>.</summary>
    public void BindId(string id) => Bind("bindId", id);

    /// <summary>Binds a set of ids, for <c>InVirtualSet</c> and <c>IdSet</c>.</summary>
    public void BindIdSet(IEnumerable<string> ids) => Bind("bindIdSet", JsonText.Array(ids));

    /// <summary>Binds a GUID.</summary>
    public void BindGuid(string guid) => Bind("bindGuid", guid);

    /// <summary>Binds a date and time in ISO 8601.</summary>
    public void BindDateTime(string isoText) => Bind("bindDateTime", isoText);

    /// <summary>Binds bytes.</summary>
    public void BindBlob(ReadOnlyMemory<byte> bytes) => Bind("bindBlob", NativeArgument.Binary(bytes));

    /// <summary>Binds a point of the plane.</summary>
    public void BindPoint2d(double x, double y) => Bind("bindPoint2d", x, y);

    /// <summary>Binds a point of space.</summary>
    public void BindPoint3d(double x, double y, double z) => Bind("bindPoint3d", x, y, z);

    /// <summary>Binds a navigation property.</summary>
    public void BindNavigation(string id, string? relationshipClass = null) => Bind("bindNavigation", id, relationshipClass);

    /// <summary>The binder of a struct's member.</summary>
    public ECSqlBinder Member(string name) => _parts.Add(new ECSqlBinder(CallForObject("bindMember", name), _parts));

    /// <summary>The binder of a new element of an array.</summary>
    public ECSqlBinder AddArrayElement() => _parts.Add(new ECSqlBinder(CallForObject("addArrayElement"), _parts));

    private void Bind(string method, params ReadOnlySpan<NativeArgument> values) =>
        NativeStatus.CheckDbResult(CallStatus(method, values), $"ECSQL {method}");
}
