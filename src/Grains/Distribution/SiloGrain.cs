using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Distribution.Payloads;
using ITwinOrleans.Grains.Distribution.Silos;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Placement;
using Orleans.Placement;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Answers for the silo that it is on.</summary>
[OnSilo, Immovable]
internal sealed class SiloGrain(IModelOwners owners, ReplyOutbox outbox, LoadTable loads, SiloMeter meter, ILiveFiles files) : Grain, ISiloGrain
{
    public ValueTask<IReadOnlyList<IModelStatus>> GetStatusesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<IModelStatus>>([.. owners.Statuses.Values, .. owners.Replicas]);

    public ValueTask<SiloReport> GetReportAsync(CancellationToken cancellationToken) => ValueTask.FromResult(meter.Report());

    public async ValueTask PrepareAheadAsync(string key, CancellationToken cancellationToken) => await files.PrepareAheadAsync(key, cancellationToken);

    public ValueTask ReportLoadAsync(SiloLoad load)
    {
        loads.Set(load);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RpcReply?> ReadReplyAsync(Guid reply, int part, int offset, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(outbox.Read(reply, part, offset, count));

    public ValueTask ReleaseReplyAsync(Guid reply)
    {
        outbox.Release(reply);
        return ValueTask.CompletedTask;
    }
}
