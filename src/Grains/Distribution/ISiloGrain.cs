using ITwinOrleans.Backend.Rpc;
using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;
using Orleans.Concurrency;

namespace ITwinOrleans.Grains.Distribution;

/// <summary>One silo, as other processes see it. The key is the silo's address; the grain is there and nowhere else.</summary>
internal interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>What the silo's owners do now.</summary>
    [AlwaysInterleave]
    ValueTask<IReadOnlyList<IModelStatus>> GetStatusesAsync(CancellationToken cancellationToken);

    /// <summary>What the silo says of itself.</summary>
    [AlwaysInterleave]
    ValueTask<SiloReport> GetReportAsync(CancellationToken cancellationToken);

    /// <summary>An iModel is about to move to this silo, see <see cref="Durability.ILiveFiles.PrepareAheadAsync"/>.</summary>
    [AlwaysInterleave]
    ValueTask PrepareAheadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Another silo says how busy it is.</summary>
    [AlwaysInterleave, OneWay]
    ValueTask ReportLoadAsync([Immutable] SiloLoad load);

    /// <summary>A piece of a reply that was too large for one message.</summary>
    /// <returns>A reply with the piece as its one binary. Null when the reply is not there (any more).</returns>
    [AlwaysInterleave]
    ValueTask<RpcReply?> ReadReplyAsync(Guid reply, int part, int offset, int count, CancellationToken cancellationToken);

    /// <summary>Nobody reads a reply any more.</summary>
    [AlwaysInterleave, OneWay]
    ValueTask ReleaseReplyAsync(Guid reply);
}
