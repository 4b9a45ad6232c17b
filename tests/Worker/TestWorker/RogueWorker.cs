using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ITwinOrleans.Worker.TestWorker;

/// <summary>A process that is not the worker it should be: <c>--rogue VERSION TOKEN</c> says Hello with that version and token ("own": the one it was given).</summary>
internal static class RogueWorker
{
    public const string Argument = "--rogue";

    public static async Task<int> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, Argument);
        var version = byte.Parse(args[at + 1], CultureInfo.InvariantCulture);
        var token = args[at + 2] == "own" ? Environment.GetEnvironmentVariable("ITWINORLEANS_WORKER_TOKEN")! : args[at + 2];
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(args[Array.IndexOf(args, "--socket") + 1]));

        // Written by hand, so that the test does not agree with the protocol's code by using it.
        var hello = new byte[16 + 44];
        hello[0] = 44;
        hello[4] = version;
        hello[5] = 1;
        Encoding.ASCII.GetBytes("ITWINWRK").CopyTo(hello, 16);
        BinaryPrimitives.WriteInt32LittleEndian(hello.AsSpan(24), Environment.ProcessId);
        Convert.FromHexString(token).CopyTo(hello, 28);
        await socket.SendAsync(hello);

        var answer = new byte[4096];
        var read = await socket.ReceiveAsync(answer);
        Console.Error.WriteLine("answered: " + new string(Encoding.ASCII.GetString(answer, 0, read).Where(c => !char.IsControl(c)).ToArray()));
        return 7;
    }
}
