using System.Net;

namespace ITwinOrleans.Api.Security;

/// <summary>Tells addresses that only this machine reaches from others.</summary>
internal static class ListenAddress
{
    /// <summary>Whether the URL that the server listens on (<c>http://localhost:5000</c>, <c>http://*:80</c>, <c>http://unix:/run/x.sock</c>) is local.</summary>
    public static bool IsLocal(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return false;
        string rest = url[(scheme + 3)..];
        if (rest.StartsWith("unix:/", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("pipe:/", StringComparison.OrdinalIgnoreCase))
            return true;
        string host = Host(rest);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    private static string Host(string rest)
    {
        int end = rest.IndexOf('/');
        if (end >= 0)
            rest = rest[..end];
        if (rest.StartsWith('['))
            return rest[1..Math.Max(rest.IndexOf(']'), 1)];
        int colon = rest.IndexOf(':');
        return colon < 0 ? rest : rest[..colon];
    }
}
