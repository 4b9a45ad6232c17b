using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ITwinOrleans.Tests.Peer;

/// <summary>An HTTP client that sends exactly the bytes it is given: no path is normalised, no header added but Host and Connection.</summary>
public static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends one request on a connection of its own and reads the whole answer.</summary>
    public static Task<RawResponse> SendAsync(int port, RawRequest request) => SendAsync(port, request.ToBytes());

    /// <summary>Sends bytes and reads until the server closes.</summary>
    public static async Task<RawResponse> SendAsync(int port, ReadOnlyMemory<byte> bytes)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), timeout.Token);
        try
        {
            await socket.SendAsync(bytes, timeout.Token);
        }
        catch (SocketException)
        {
            // The server may answer and close before it has read everything.
        }

        using var received = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, timeout.Token)) > 0;)
                received.Write(buffer, 0, read);
        }
        catch (SocketException) when (received.Length > 0)
        {
            // Reset after the answer, because the request was not read to its end.
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No end of the answer within {Patience.TotalSeconds} s; so far: {Encoding.Latin1.GetString(received.ToArray())}");
        }

        return RawResponse.Parse(received.ToArray());
    }
}
