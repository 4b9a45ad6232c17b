namespace ITwinOrleans.Backend.Rpc;

/// <summary>The RPC interfaces that this backend offers: what the edge checks versions against and answers <c>describeEndpoints</c> from.</summary>
public interface IRpcInterfaceCatalog
{
    /// <summary>All interfaces, in the order in which they were registered.</summary>
    IReadOnlyList<RpcInterfaceDescription> Interfaces { get; }

    /// <summary>The interface of that name (case matters), or null.</summary>
    RpcInterfaceDescription? Find(string interfaceName);
}
