using System.Runtime.InteropServices;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>Ways for native code to end a process.</summary>
internal static class Libc
{
    public const int SigSegv = 11;

    [DllImport("libc", EntryPoint = "raise")]
    public static extern int Raise(int signal);

    [DllImport("libc", EntryPoint = "abort")]
    public static extern void Abort();
}
