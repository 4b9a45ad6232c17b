using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Listing;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The silos as the list of silos has them, with what each says of itself.</summary>
internal sealed class ClusterView : IClusterView
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a dead silo is shown that no other of its name follows, so that people see what happened.</summary>
    private static readonly TimeSpan ShowDead = TimeSpan.FromMinutes(2);

    private readonly IGrainFactory _grains;
    private readonly PatientCalls _calls;
    private readonly SiloList _silos;
    private readonly TimeProvider _time;
    private readonly Latest<IReadOnlyList<SiloListing>> _latest;

    public ClusterView(IGrainFactory grains, PatientCalls calls, SiloList silos, TimeProvider time)
    {
        (_grains, _calls, _silos, _time) = (grains, calls, silos, time);
        _latest = new(FetchAsync, time);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken) => await _latest.GetAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<SiloListing>> FetchAsync()
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        try
        {
            var entries = await _calls.RunAsync(
                "all silos", isRepeatable: true, token => new ValueTask<MembershipEntry[]>(_grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(false, token)),
                _ => { }, limit.Token).ConfigureAwait(false);
            var reports = await _silos.AskAsync(static (silo, token) => silo.GetReportAsync(token), limit.Token).ConfigureAwait(false);
            var byAddress = reports.ToDictionary(r => r.Load.Silo, StringComparer.Ordinal);
            var shown = _time.GetUtcNow() - ShowDead;
            return
            [
                .. entries
                    .Where(e => e.Status != SiloStatus.Dead || (e.IAmAliveTime >= shown && !entries.Any(n => n.SiloName == e.SiloName && n.StartTime > e.StartTime)))
                    .OrderBy(e => e.StartTime)
                    .Select(e => ListingOf(e, byAddress.GetValueOrDefault(e.SiloAddress.ToParsableString()))),
            ];
        }
        catch (Exception exception) when (exception is UnreachableException or OperationCanceledException)
        {
            return [];
        }
    }

    private static SiloListing ListingOf(MembershipEntry entry, SiloReport? report) => new(
        entry.SiloName, entry.SiloAddress.Endpoint.ToString(), NameOf(entry.Status), new DateTimeOffset(DateTime.SpecifyKind(entry.StartTime, DateTimeKind.Utc)),
        entry.Status == SiloStatus.Dead ? null : report);

    private static string NameOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => "active",
        SiloStatus.ShuttingDown => "shuttingDown",
        SiloStatus.Stopping => "stopping",
        SiloStatus.Dead => "dead",
        _ => "joining",
    };
}
