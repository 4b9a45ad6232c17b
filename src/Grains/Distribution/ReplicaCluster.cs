using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using ITwinOrleans.Grains.Replicas;
using ITwinOrleans.Grains.Routing;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Sends reads of a hot fixed version to the silos that serve it beside its owner, and everything else to the owner.</summary>
internal sealed class ReplicaCluster(OrleansCluster owners, IGrainFactory grains, ReplicaRoutes routes, SiloLosses losses, IOperationSafety safety) : IIModelCluster
{
    private Task _loss = losses.Next;

    public async ValueTask<RpcReply> InvokeAsync(string key, RpcCall call, CancellationToken cancellationToken)
    {
        if (!safety.IsRepeatable(call))
            return await owners.InvokeAsync(key, call, cancellationToken).ConfigureAwait(false);
        ForgetLost();
        var (silo, ask) = routes.Enter(key, call.Activity.SessionId.Length > 0 ? call.Activity.SessionId : call.Activity.Id);
        try
        {
            if (ask)
                _ = AskAsync(key);
            return (silo is null ? null : await TryReplicaAsync(silo, key, call, cancellationToken).ConfigureAwait(false))
                ?? await owners.InvokeAsync(key, call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            routes.Leave(key);
        }
    }

    public ValueTask<RpcReply> InvokeOnServerAsync(RpcCall call, CancellationToken cancellationToken) => owners.InvokeOnServerAsync(call, cancellationToken);

    public async ValueTask EndSessionAsync(string key, string sessionId)
    {
        await owners.EndSessionAsync(key, sessionId).ConfigureAwait(false);
        foreach (var silo in routes.Find(key))
            await EndSessionAsync(silo, key, sessionId).ConfigureAwait(false);
    }

    public ValueTask<IModelStatus> GetStatusAsync(string key) => owners.GetStatusAsync(key);

    public ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(string key, LiveCall call, CancellationToken cancellationToken) => owners.CallLiveAsync(key, call, cancellationToken);

    public ValueTask<LiveNews> ReadLiveAsync(string key, LiveRead read, CancellationToken cancellationToken) => owners.ReadLiveAsync(key, read, cancellationToken);

    private IReplicaGrain ReplicaOf(string silo, string key) => grains.GetGrain<IReplicaGrain>(OnSiloKey.Of(silo, key));

    /// <summary>Null where that silo cannot answer (any more): the owner does.</summary>
    private async ValueTask<RpcReply?> TryReplicaAsync(string silo, string key, RpcCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await ReplicaOf(silo, key).InvokeAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IModelBusyException || Unreachable.Is(exception))
        {
            routes.Drop(key, silo);
            return null;
        }
    }

    private async Task EndSessionAsync(string silo, string key, string sessionId)
    {
        try
        {
            await ReplicaOf(silo, key).EndSessionAsync(sessionId).ConfigureAwait(false);
        }
        catch (Exception exception) when (Unreachable.Is(exception))
        {
            // Gone, and the session with it.
            routes.Drop(key, silo);
        }
    }

    // Which silo it was is not known here: those that live are named again.
    private void ForgetLost()
    {
        var loss = Volatile.Read(ref _loss);
        if (!loss.IsCompleted)
            return;
        Volatile.Write(ref _loss, losses.Next);
        routes.DropAll();
    }

    private async Task AskAsync(string key)
    {
        try
        {
            routes.Set(key, await grains.GetGrain<IIModelGrain>(key).SpreadAsync().ConfigureAwait(false));
        }
        catch (Exception exception) when (Unreachable.Is(exception))
        {
            // The owner is moving: it is asked again.
        }
    }
}
