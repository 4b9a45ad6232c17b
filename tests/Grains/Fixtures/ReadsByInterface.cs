using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>For <see cref="FileEngine"/>: all of IModelReadRpcInterface only reads, nothing else is known.</summary>
public sealed class ReadsByInterface : IOperationSafety
{
    public bool IsRepeatable(RpcCall call) => call.Interface == "IModelReadRpcInterface";

    public bool IsKnown(RpcCall call) => IsRepeatable(call);
}
