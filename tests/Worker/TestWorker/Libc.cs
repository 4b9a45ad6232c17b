using System.Runtime.InteropServices;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>Ways for native code to end a process.</summary>
internal static class Libc
{
    /// <summary>Reads from an address; from a wrong one it is the segmentation fault that a native null dereference is.</summary>
    [DllImport("libc", EntryPoint = "strlen")]
    public static extern nint StringLength(nint address);

    [DllImport("libc", EntryPoint = "abort")]
    public static extern void Abort();
}
