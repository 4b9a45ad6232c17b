using System.Runtime.InteropServices;

namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>Sends signals to processes that a test started.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Stop = 19;

    public static void Send(int processId, int signal) => Assert.Equal(0, SendSignal(processId, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
