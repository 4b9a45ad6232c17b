using System.Runtime.InteropServices;

namespace ITwinOrleans.Native.Interop;

/// <summary>Blocks of native memory for arguments.</summary>
internal static unsafe class NativeMemoryBlocks
{
    public static void* Allocate(int size) => NativeMemory.Alloc((nuint)size);

    public static void Free(nint block) => NativeMemory.Free((void*)block);
}
