using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>A fixed version of an iModel, served by a silo beside its owner's because it is hot. The grain's key is the silo's address and the file key (<see cref="OnSiloKey.Of"/>).</summary>
internal interface IReplicaGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="IModelOwner.InvokeAsync"/>
    [AlwaysInterleave]
    ValueTask<RpcReply> InvokeAsync([Immutable] RpcCall call, CancellationToken cancellationToken);

    /// <summary>Opens it before the first call.</summary>
    /// <returns>Whether it can be served here.</returns>
    [AlwaysInterleave]
    ValueTask<bool> PrepareAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="IModelOwner.EndSession"/>
    [AlwaysInterleave]
    ValueTask EndSessionAsync(string sessionId);
}
