namespace ITwinOrleans.Native.Interop;

/// <summary><c>itwin_span</c> of the C interface.</summary>
internal unsafe struct HostSpan
{
    public byte* Data;
    public nuint Size;
}
