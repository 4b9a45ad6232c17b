using System.Text;

namespace ITwinOrleans.Native.Interop;

/// <summary>A method's or property's name as UTF-8 for one call. Names are encoded once and kept: there are few.</summary>
internal readonly unsafe ref struct Utf8Name
{
    [ThreadStatic]
    private static Dictionary<string, (nint Data, nuint Size)>? t_names;

    public Utf8Name(string name)
    {
        t_names ??= new Dictionary<string, (nint, nuint)>(StringComparer.Ordinal);
        if (!t_names.TryGetValue(name, out (nint Data, nuint Size) known))
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            known = ((nint)NativeMemoryBlocks.Allocate(Math.Max(1, utf8.Length)), (nuint)utf8.Length);
            utf8.CopyTo(new Span<byte>((void*)known.Data, utf8.Length));
            if (t_names.Count < MaximumKept)
                t_names.Add(name, known);
            else
                _owned = known.Data;
        }

        Data = (byte*)known.Data;
        Size = known.Size;
    }

    /// <summary>More names than the library has: beyond it names come from data and are not kept.</summary>
    private const int MaximumKept = 4096;

    private readonly nint _owned;

    public byte* Data { get; }

    public nuint Size { get; }

    public void Dispose() => NativeMemoryBlocks.Free(_owned);
}
