using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using Orleans.Placement;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Puts an <see cref="IModelOwner"/> into the cluster, and nothing else: the owner lives as long as the activation.</summary>
[ByLoad, Immovable]
internal sealed class IModelGrain(IModelOwners owners, OwnedIModels owned) : Grain, IIModelGrain
{
    private IModelOwner? _owner;

    private IModelOwner Owner => _owner ?? throw new InvalidOperationException("The grain is not active.");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _owner = owners.GetOrAdd(this.GetPrimaryKeyString());
        owned.Come(_owner.Key);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_owner is null)
            return;
        await owners.ReleaseAsync(_owner);
        owned.Leave(_owner.Key);
    }

    public ValueTask<RpcReply> InvokeAsync(RpcCall call, CancellationToken cancellationToken)
    {
        owned.CountCall();
        return new(Owner.InvokeAsync(call, cancellationToken));
    }

    public ValueTask<IModelStatus> GetStatusAsync() => ValueTask.FromResult(Owner.Status);

    public ValueTask EndSessionAsync(string sessionId)
    {
        Owner.EndSession(sessionId);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ReadOnlyMemory<byte>> CallLiveAsync(LiveCall call, CancellationToken cancellationToken)
    {
        owned.CountCall();
        var answer = await Owner.CallLiveAsync(call, cancellationToken);
        EndIfOver();
        return answer;
    }

    public async ValueTask<LiveNews> ReadLiveAsync(LiveRead read, CancellationToken cancellationToken)
    {
        try
        {
            return await Owner.ReadLiveAsync(read, cancellationToken);
        }
        finally
        {
            EndIfOver();
        }
    }

    // Another silo owns the iModel now: the next call finds it there.
    private void EndIfOver()
    {
        if (Owner.IsOver)
            DeactivateOnIdle();
    }
}
