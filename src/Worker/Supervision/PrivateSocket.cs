using System.Net.Sockets;
using System.Security.Cryptography;

namespace ITwinOrleans.Worker.Supervision;

/// <summary>A listening Unix domain socket with a fresh name in a fresh folder that only this user may enter; disposal removes both.</summary>
internal sealed class PrivateSocket : IDisposable
{
    /// <summary>What the folder and the socket add to the path of the folder that they are in.</summary>
    public const int NameBytes = 8 + (2 * RandomBytes) + 2;

    private const int RandomBytes = 8;

    private readonly string _folder;
    private readonly Socket _listener;

    public PrivateSocket(string directory)
    {
        _folder = System.IO.Path.Combine(directory, "itwin-w-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)));
        Path = System.IO.Path.Combine(_folder, "s");
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(Path));
            _listener.Listen();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken) => _listener.AcceptAsync(cancellationToken);

    public void Dispose()
    {
        _listener.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was disposed before, or someone cleaned up.
        }
    }
}
