using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Routing;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Reaches owners through their grains.</summary>
internal sealed class OrleansCluster(IGrainFactory grains) : IIModelCluster
{
    public ValueTask<RpcReply> InvokeAsync(string key, RpcCall call, CancellationToken cancellationToken) =>
        grains.GetGrain<IIModelGrain>(key).InvokeAsync(call, cancellationToken);

    public ValueTask<RpcReply> InvokeOnServerAsync(RpcCall call, CancellationToken cancellationToken) =>
        grains.GetGrain<IServerGrain>(0).InvokeAsync(call, cancellationToken);

    public ValueTask EndSessionAsync(string key, string sessionId) => grains.GetGrain<IIModelGrain>(key).EndSessionAsync(sessionId);

    public ValueTask<IModelStatus> GetStatusAsync(string key) => grains.GetGrain<IIModelGrain>(key).GetStatusAsync();

    public ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(string key, LiveCall call, CancellationToken cancellationToken) =>
        grains.GetGrain<IIModelGrain>(key).CallLiveAsync(call, cancellationToken);

    public ValueTask<LiveNews> ReadLiveAsync(string key, LiveRead read, CancellationToken cancellationToken) =>
        grains.GetGrain<IIModelGrain>(key).ReadLiveAsync(read, cancellationToken);
}
