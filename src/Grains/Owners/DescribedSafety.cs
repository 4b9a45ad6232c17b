using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Owners;

/// <summary>What the operations' own classes say of themselves. Whatever does not say that it may be repeated is not.</summary>
public sealed class DescribedSafety(IRpcInterfaceCatalog interfaces) : IOperationSafety
{
    /// <inheritdoc/>
    public bool IsRepeatable(RpcCall call) => interfaces.Find(call.Interface)?.Find(call.Operation) is { IsRepeatable: true };

    /// <inheritdoc/>
    public bool IsKnown(RpcCall call) => interfaces.Find(call.Interface)?.Find(call.Operation) is not null;
}
