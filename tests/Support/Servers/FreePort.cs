using System.Net;
using System.Net.Sockets;

namespace ITwinOrleans.Tests.Support;

/// <summary>A port of loopback for a program that must be told one.</summary>
internal static class FreePort
{
    /// <summary>One that nobody has now.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
