using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Balance;

/// <summary>What the silos of the cluster said of their load, as one of them heard it.</summary>
public sealed class LoadTable(IOptions<BalanceOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>A silo said it.</summary>
    public void Set(SiloLoad load)
    {
        lock (_lock)
            _rows[load.Silo] = new Row(load, time.GetTimestamp());
    }

    /// <summary>An iModel was put on a silo, whose next load will tell.</summary>
    public void Place(string silo)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(silo, out var row))
                _rows[silo] = row = new Row(null, 0);
            row.Coming++;
        }
    }

    /// <summary>What is known of these silos. The others are gone, and forgotten.</summary>
    public IReadOnlyList<SiloCandidate> Look(IReadOnlyCollection<string> silos)
    {
        lock (_lock)
        {
            foreach (var gone in _rows.Keys.Except(silos, StringComparer.Ordinal).ToArray())
                _rows.Remove(gone);
            return [.. silos.Select(silo => _rows.GetValueOrDefault(silo) is { } row
                ? new SiloCandidate(silo, row.Load, row.Load is not null && time.GetElapsedTime(row.Heard) < options.Value.LoadAge, row.Coming)
                : new SiloCandidate(silo, null, IsFresh: false, Coming: 0))];
        }
    }

    private sealed class Row(SiloLoad? load, long heard)
    {
        public SiloLoad? Load => load;

        public long Heard => heard;

        public int Coming { get; set; }
    }
}
