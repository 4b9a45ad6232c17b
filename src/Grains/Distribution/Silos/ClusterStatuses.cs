using ITwinOrleans.Grains.Listing;
using ITwinOrleans.Grains.Owners;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The owners of all silos. Asked for by many at once, they are fetched once, and kept for a moment.</summary>
internal sealed class ClusterStatuses(SiloList silos, TimeProvider time) : IOwnerStatuses
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, IModelStatus>>? _latest;
    private long _asked;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, IModelStatus>> GetAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyDictionary<string, IModelStatus>> latest;
        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && time.GetElapsedTime(_asked) > Age))
            {
                _asked = time.GetTimestamp();
                _latest = FetchAsync();
            }

            latest = _latest;
        }

        return await latest.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Of an iModel that is moving, the silo that has it open knows more.
    private async Task<IReadOnlyDictionary<string, IModelStatus>> FetchAsync()
    {
        var answers = await silos.AskAsync(static (silo, token) => silo.GetStatusesAsync(token), CancellationToken.None).ConfigureAwait(false);
        return answers.SelectMany(a => a).GroupBy(s => s.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.State == IModelState.Open).ThenByDescending(s => s.LastUsed).First(), StringComparer.Ordinal);
    }
}
