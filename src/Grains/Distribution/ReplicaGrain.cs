using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using Orleans.Placement;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Puts a replica's <see cref="IModelOwner"/> into the cluster, and nothing else.</summary>
[OnSilo, Immovable]
internal sealed class ReplicaGrain(IModelOwners owners, OwnedIModels owned) : Grain, IReplicaGrain
{
    private IModelOwner? _owner;

    private IModelOwner Owner => _owner ?? throw new InvalidOperationException("The grain is not active.");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _owner = owners.GetOrAddReplica(OnSiloKey.RestOf(this.GetPrimaryKeyString()));
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_owner is not null)
            await owners.ReleaseAsync(_owner);
    }

    public ValueTask<RpcReply> InvokeAsync(RpcCall call, CancellationToken cancellationToken)
    {
        owned.CountCall();
        return new(Owner.InvokeAsync(call, cancellationToken));
    }

    public async ValueTask<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        await Owner.ReopenAsync(forWriting: false, cancellationToken);
        return Owner.IsFixed;
    }

    public ValueTask EndSessionAsync(string sessionId)
    {
        Owner.EndSession(sessionId);
        return ValueTask.CompletedTask;
    }
}
