using System.Runtime.InteropServices;

namespace ITwinOrleans.Native.Interop;

/// <summary>The C interface's <c>itwin_value</c>: an argument or a result (host/include/itwin_host.h).</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal unsafe struct HostValue
{
    [FieldOffset(0)] public HostValueKind Kind;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public double Number;
    [FieldOffset(8)] public ulong Handle;
    [FieldOffset(16)] public byte* Data;
    [FieldOffset(24)] public nuint Size;
    [FieldOffset(32)] public HostSpan* Binaries;
    [FieldOffset(40)] public nint Owner;
}
