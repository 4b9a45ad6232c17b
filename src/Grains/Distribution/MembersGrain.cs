using ITwinOrleans.Grains.Distribution.Silos;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>Answers from what its silo was told or has read last.</summary>
[StatelessWorker]
internal sealed class MembersGrain(IClusterMembershipService membership) : Grain, IMembersGrain
{
    public ValueTask<SiloMember[]> GetAsync() => ValueTask.FromResult<SiloMember[]>(
        [.. membership.CurrentSnapshot.Members.Values.Select(member => new SiloMember(member.SiloAddress, member.Status, member.Name))]);
}
