using ITwinOrleans.Backend.Rpc;

namespace ITwinOrleans.Grains.Owners;

/// <summary>Says which operations there are, and which may be repeated when nobody knows whether they ran.</summary>
public interface IOperationSafety
{
    /// <summary>Whether running the call twice does what running it once does.</summary>
    bool IsRepeatable(RpcCall call);

    /// <summary>Whether there is such an operation.</summary>
    bool IsKnown(RpcCall call);
}
