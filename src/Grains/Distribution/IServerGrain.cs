using ITwinOrleans.Backend.Rpc;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Runs operations that belong to no iModel, on the nearest silo. The key is always 0.</summary>
public interface IServerGrain : IGrainWithIntegerKey
{
    /// <summary>Runs one operation that needs no iModel. The caller disposes the reply.</summary>
    [AlwaysInterleave]
    ValueTask<RpcReply> InvokeAsync([Immutable] RpcCall call, CancellationToken cancellationToken);
}
