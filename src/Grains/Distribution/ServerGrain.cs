using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Owners;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Puts <see cref="ServerCalls"/> into the cluster.</summary>
[StatelessWorker]
internal sealed class ServerGrain(ServerCalls calls) : Grain, IServerGrain
{
    public ValueTask<RpcReply> InvokeAsync(RpcCall call, CancellationToken cancellationToken) => new(calls.InvokeAsync(call, cancellationToken));
}
