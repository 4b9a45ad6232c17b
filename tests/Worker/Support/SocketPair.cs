using System.Net.Sockets;
using ITwinOrleans.Worker.Supervision;

namespace ITwinOrleans.Worker.Tests.Support;

/// <summary>The two ends of a Unix domain socket.</summary>
internal sealed record SocketPair(Socket Owner, Socket Worker) : IDisposable
{
    public static async Task<SocketPair> CreateAsync()
    {
        using var listener = new PrivateSocket(Path.GetTempPath());
        var worker = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await worker.ConnectAsync(new UnixDomainSocketEndPoint(listener.Path));
        return new SocketPair(await listener.AcceptAsync(default), worker);
    }

    public void Dispose()
    {
        Owner.Dispose();
        Worker.Dispose();
    }
}
