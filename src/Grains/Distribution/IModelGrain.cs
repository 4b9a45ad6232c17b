using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Silos;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using ITwinOrleans.Grains.Replicas;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Puts an <see cref="IModelOwner"/> into the cluster, and nothing else: the owner lives as long as the activation.</summary>
[ByLoad, Immovable]
internal sealed partial class IModelGrain(
    IModelOwners owners, OwnedIModels owned, LoadTable loads, ISiloStatusOracle silos, TimeProvider time, ILogger<IModelGrain> logger)
    : Grain, IIModelGrain, IGrainMigrationParticipant
{
    private const string ReopenKey = "ITwinOrleans.Reopen", WriteKey = "ITwinOrleans.Write";

    private IModelOwner? _owner;
    private ReplicaSet? _replicas;
    private (bool Reopen, bool ForWriting) _moving;

    private IModelOwner Owner => _owner ?? throw new InvalidOperationException("The grain is not active.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _owner = owners.GetOrAdd(this.GetPrimaryKeyString());
        owned.Come(_owner.Key);
        if (_moving.Reopen)
            await _owner.ReopenAsync(_moving.ForWriting, cancellationToken);
        _moving = default;
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

    public ValueTask<string[]> SpreadAsync()
    {
        _replicas ??= new ReplicaSet(Owner.Key, PrepareReplicaAsync, time);
        return ValueTask.FromResult<string[]>(Owner.IsFixed ? [.. _replicas.Look(Owner.IsHot, loads.LookAtOthers(silos))] : []);
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

    public async ValueTask<bool> MoveAsync(string silo, bool evenBusy)
    {
        var target = SiloAddress.FromParsableString(silo);
        var status = Owner.Status;
        var isBusy = status.CallsInFlight > 0 || status.CallsQueued > 0 || status.IsWriting;
        if ((isBusy && !evenBusy) || target.Equals(GrainContext.Address.SiloAddress))
            return false;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        await MigrateAsync(status);
        return true;
    }

    public async ValueTask DrainAsync()
    {
        DeactivateOnIdle();
        await Owner.StopLiveAsync();
    }

    // What is open in a worker cannot travel; only that it was.
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        dehydrationContext.TryAddValue(ReopenKey, _moving.Reopen);
        dehydrationContext.TryAddValue(WriteKey, _moving.ForWriting);
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        rehydrationContext.TryGetValue(ReopenKey, out bool reopen);
        rehydrationContext.TryGetValue(WriteKey, out bool forWriting);
        _moving = (reopen, forWriting);
    }

    private async Task<bool> PrepareReplicaAsync(string silo)
    {
        loads.Place(silo);
        var prepared = await GrainFactory.GetGrain<IReplicaGrain>(OnSiloKey.Of(silo, Owner.Key)).PrepareAsync(CancellationToken.None);
        if (prepared)
            Log.Spread(logger, Owner.Key, silo);
        return prepared;
    }

    private async Task MigrateAsync(IModelStatus status)
    {
        _moving = (status.State == IModelState.Open, status.Writable is not null);
        MigrateOnIdle();

        // The activation is idle only when nobody waits for the feed any more.
        await Owner.StopLiveAsync();
    }

    // Another silo owns the iModel now: the next call finds it there.
    private void EndIfOver()
    {
        if (Owner.IsOver)
            DeactivateOnIdle();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2481, Level = LogLevel.Information, Message = "{Key} is hot: {Silo} serves it, too.")]
        public static partial void Spread(ILogger logger, string key, string silo);
    }
}
