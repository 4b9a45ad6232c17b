using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Statements;

/// <summary>What a column of a statement is. Void when the statement moves on.</summary>
public sealed class ECSqlColumnInfo : NativeObject
{
    internal ECSqlColumnInfo(NativeObject info)
        : base(info)
    {
    }

    /// <summary>The kind of value (iTwin.js: <c>ECSqlValueType</c>).</summary>
    public int Type => (int)CallNumber("getType");

    /// <summary>The property's name.</summary>
    public string PropertyName => CallText("getPropertyName");

    /// <summary>The path to the property, with dots.</summary>
    public string AccessString => CallText("getAccessString");

    /// <summary>The name of the property that the column comes from, if it has another name in the statement.</summary>
    public string? OriginPropertyName
    {
        get
        {
            using NativeResult name = Call("getOriginPropertyName");
            return name.HasValue ? name.GetText() : null;
        }
    }

    /// <summary>The class that the statement selects from, <c>Schema:Class</c>.</summary>
    public string RootClassName => CallText("getRootClassName");

    /// <summary>Its alias.</summary>
    public string RootClassAlias => CallText("getRootClassAlias");

    /// <summary>Whether the value is of an enumeration.</summary>
    public bool IsEnum => CallBoolean("isEnum");

    /// <summary>Whether the property is of the system (ids and class ids).</summary>
    public bool IsSystemProperty => CallBoolean("isSystemProperty");

    /// <summary>Whether the column is computed.</summary>
    public bool IsGeneratedProperty => CallBoolean("isGeneratedProperty");
}
