using System.Net;
using System.Net.Sockets;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Finds ports: Orleans has to know its port before it listens.</summary>
internal static class FreePort
{
    /// <summary>The port itself, or for 0 one on 127.0.0.1 that was free a moment ago.</summary>
    public static int Resolve(int port)
    {
        if (port != 0)
            return port;
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
