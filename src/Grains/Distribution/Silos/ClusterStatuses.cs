using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The owners of all silos.</summary>
internal sealed class ClusterStatuses : IOwnerStatuses
{
    private readonly SiloList _silos;
    private readonly Latest<IReadOnlyDictionary<string, IModelStatus>> _latest;

    public ClusterStatuses(SiloList silos, TimeProvider time) => (_silos, _latest) = (silos, new(FetchAsync, time));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, IModelStatus>> GetAsync(CancellationToken cancellationToken) =>
        await _latest.GetAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyDictionary<string, IModelStatus>> FetchAsync()
    {
        var answers = await _silos.AskAsync(static (silo, token) => silo.GetStatusesAsync(token), CancellationToken.None).ConfigureAwait(false);
        return answers.SelectMany(a => a).GroupBy(s => s.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, OneOf, StringComparer.Ordinal);
    }

    // Of an iModel that is moving, the silo that has it open knows more. Replicas add who uses them.
    private static IModelStatus OneOf(IEnumerable<IModelStatus> statuses)
    {
        IModelStatus[] all = [.. statuses.OrderBy(s => s.IsReplica).ThenByDescending(s => s.State == IModelState.Open).ThenByDescending(s => s.LastUsed)];
        return all[^1].IsReplica && all.Length > 1
            ? all[0] with { Sessions = [.. all.SelectMany(s => s.Sessions).OrderByDescending(s => s.LastSeen).DistinctBy(s => s.SessionId)] }
            : all[0];
    }
}
