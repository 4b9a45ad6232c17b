using ITwinOrleans.Grains.Distribution.Loss;
using ITwinOrleans.Grains.Listing;
using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The silos as the list of silos has them, with what each says of itself; while that list cannot be read, as the silos know each other.</summary>
internal sealed partial class ClusterView : IClusterView
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), ListPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a dead silo is shown that no other of its name follows, so that people see what happened.</summary>
    private static readonly TimeSpan ShowDead = TimeSpan.FromMinutes(2);

    private readonly IGrainFactory _grains;
    private readonly PatientCalls _calls;
    private readonly SiloList _silos;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterView> _logger;
    private readonly Latest<IReadOnlyList<SiloListing>> _latest;

    public ClusterView(IGrainFactory grains, PatientCalls calls, SiloList silos, TimeProvider time, ILogger<ClusterView> logger)
    {
        (_grains, _calls, _silos, _time, _logger) = (grains, calls, silos, time, logger);
        _latest = new(FetchAsync, time);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SiloListing>> GetAsync(CancellationToken cancellationToken) => await _latest.GetAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<SiloListing>> FetchAsync()
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        try
        {
            var entries = ReadListAsync(limit.Token);
            var reports = (await _silos.AskAsync(static (silo, token) => silo.GetReportAsync(token), limit.Token).ConfigureAwait(false))
                .ToDictionary(r => r.Load.Silo, StringComparer.Ordinal);
            return await entries.ConfigureAwait(false) is { } list ? ListingsOf(list, reports) : ListingsOf(await _silos.GetAsync(limit.Token).ConfigureAwait(false), reports);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    // Null while it cannot be read: its database is gone, or hangs.
    private async Task<MembershipEntry[]?> ReadListAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ListPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _calls.RunAsync(
                "all silos", isRepeatable: true, token => new ValueTask<MembershipEntry[]>(_grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(false, token)),
                _ => { }, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.NotRead(_logger, exception);
            return null;
        }
    }

    private IReadOnlyList<SiloListing> ListingsOf(MembershipEntry[] entries, Dictionary<string, SiloReport> reports)
    {
        var shown = _time.GetUtcNow() - ShowDead;
        return
        [
            .. entries
                .Where(e => e.Status != SiloStatus.Dead || (e.IAmAliveTime >= shown && !entries.Any(n => n.SiloName == e.SiloName && n.StartTime > e.StartTime)))
                .OrderBy(e => e.StartTime)
                .Select(e => ListingOf(
                    new SiloMember(e.SiloAddress, e.Status, e.SiloName), new DateTimeOffset(DateTime.SpecifyKind(e.StartTime, DateTimeKind.Utc)), reports)),
        ];
    }

    // Of a silo that does not answer nobody but the list knows since when it is there.
    private static IReadOnlyList<SiloListing> ListingsOf(IReadOnlyList<SiloMember> members, Dictionary<string, SiloReport> reports) =>
    [
        .. members
            .Where(m => m.Status != SiloStatus.Dead && reports.ContainsKey(m.Address.ToParsableString()))
            .Select(m => ListingOf(m, reports[m.Address.ToParsableString()].Since, reports))
            .OrderBy(l => l.Since),
    ];

    private static SiloListing ListingOf(SiloMember member, DateTimeOffset since, Dictionary<string, SiloReport> reports) => new(
        member.Name, member.Address.Endpoint.ToString(), NameOf(member.Status), since,
        member.Status == SiloStatus.Dead ? null : reports.GetValueOrDefault(member.Address.ToParsableString()));

    private static string NameOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => "active",
        SiloStatus.ShuttingDown => "shuttingDown",
        SiloStatus.Stopping => "stopping",
        SiloStatus.Dead => "dead",
        _ => "joining",
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 2471, Level = LogLevel.Debug, Message = "The list of silos cannot be read now.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
