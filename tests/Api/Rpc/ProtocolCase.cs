using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Rpc;

/// <summary>One raw case of the protocol: what is sent, and what must come back from this server and from the Node.js backend alike.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Request">The request.</param>
/// <param name="Status">The status of both.</param>
/// <param name="Body">A check of the text of the body, of both.</param>
public sealed record ProtocolCase(string Name, RawRequest Request, int Status, Func<string, bool> Body)
{
    /// <summary>The content type without its parameters' values (the boundary differs); null: not looked at.</summary>
    public string? ContentType { get; init; } = "text/plain";

    public override string ToString() => Name;
}
