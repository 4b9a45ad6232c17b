using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Objects;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Native.Domain;

/// <summary>What a handler is told about an element, a model or an aspect. Valid while the handler runs.</summary>
public sealed class DomainEventArgs
{
    private NativeObject? _props;

    internal DomainEventArgs(DgnDb db, string classFullName, NativeObject argument)
    {
        Db = db;
        ClassFullName = classFullName;
        Argument = argument;
    }

    /// <summary>The iModel. It cannot be closed by a handler.</summary>
    public DgnDb Db { get; }

    /// <summary>The class, <c>Schema:Class</c>.</summary>
    public string ClassFullName { get; }

    /// <summary>The argument as native code gives it.</summary>
    public NativeObject Argument { get; }

    /// <summary>The id; null before an insert.</summary>
    public string? Id => Text("id");

    /// <summary>The model's id, where native code gives it.</summary>
    public string? ModelId => Text("model");

    /// <summary>
    /// The props that native code goes on to read after Insert and Update: what is set here is what gets stored. Null where there are none.
    /// </summary>
    public NativeObject? Props => _props ??= Argument.Get("props", asObject: true).Object;

    /// <summary>A property of the argument as text; null if there is none.</summary>
    public string? Text(string name)
    {
        using NativeResult value = Argument.Get(name);
        return value.Kind is NativeResultKind.String ? value.GetText() : null;
    }

    internal void Release() => _props?.Dispose();
}
