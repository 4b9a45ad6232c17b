using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native.Statements;

/// <summary>Goes through the members of a struct or the elements of an array. Void when the statement moves on.</summary>
public sealed class ECSqlValueIterator : NativeObject
{
    private readonly StatementParts _parts;
    private bool _hasCurrent;

    internal ECSqlValueIterator(NativeObject iterator, StatementParts parts)
        : base(iterator) => _parts = parts;

    /// <summary>The value that the iterator is at.</summary>
    /// <exception cref="NativeUsageException">It is at none.</exception>
    public ECSqlValue Current => _hasCurrent
        ? _parts.Add(new ECSqlValue(CallForObject("getCurrent"), _parts))
        : throw new NativeUsageException("The iterator is not at a value: move it first, and read while MoveNext gives true");

    /// <summary>Goes to the next value; false after the last.</summary>
    public bool MoveNext() => _hasCurrent = CallBoolean("moveNext");
}
