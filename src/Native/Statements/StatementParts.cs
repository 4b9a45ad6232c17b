using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Objects;

namespace ITwinOrleans.Native.Statements;

/// <summary>Native objects that point into a statement and are void once it moves on. They are released before it does.</summary>
internal sealed class StatementParts
{
    private readonly List<NativeObject> _parts = [];

    public T Add<T>(T part)
        where T : NativeObject
    {
        // Most are disposed by whoever asked for them: keep the list short in a loop that asks for many.
        if (_parts.Count >= 64)
            _parts.RemoveAll(static known => known.IsDisposed);
        _parts.Add(part);
        return part;
    }

    /// <summary>Releases all of them; using one later is a <see cref="NativeUsageException"/>.</summary>
    public void Release()
    {
        foreach (NativeObject part in _parts)
            part.Dispose();
        _parts.Clear();
    }
}
