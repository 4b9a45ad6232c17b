using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ITwinOrleans.Serve.Bench.Load;

/// <summary>Answers every request with the same few bytes: what the load generator itself reaches. Ends when its input ends.</summary>
internal static class NothingServer
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]");

    public static int Run()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(128);
        var accepting = new Thread(() =>
        {
            while (true)
            {
                Socket client = listener.Accept();
                client.NoDelay = true;
                new Thread(() => Serve(client), maxStackSize: 256 * 1024) { IsBackground = true }.Start();
            }
        }) { IsBackground = true };
        accepting.Start();
        Console.WriteLine($"listening {((IPEndPoint)listener.LocalEndPoint!).Port}");
        while (Console.In.Read() >= 0)
        {
        }

        return 0;
    }

    /// <summary>Every request of the self-check is a GET, sent as one piece.</summary>
    private static void Serve(Socket client)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (client.Receive(buffer) > 0)
                client.Send(Answer);
        }
        catch (SocketException)
        {
            // The client is through.
        }
        finally
        {
            client.Dispose();
        }
    }
}
