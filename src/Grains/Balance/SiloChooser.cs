using System.Text;

namespace ITwinOrleans.Grains.Balance;

/// <summary>Chooses the silo that is to own an iModel.</summary>
/// <remarks>
/// The one with the least of its capacity taken; memory counts once half of it is taken, and a silo that had the iModel before is worth some others that it has
/// open. Those without room come after those with room, those that fell silent last, and those that are going down never. Between equals the key decides, so
/// that many keys spread evenly.
/// </remarks>
public static class SiloChooser
{
    /// <summary>How many open iModels it is worth that the file is there already: less than it takes to put a silo noticeably ahead of the others.</summary>
    private const int WarmWorth = 2;

    /// <summary>Chooses.</summary>
    /// <returns>The silo's address; null when there is none that is not going down.</returns>
    public static string? Choose(string key, IReadOnlyList<SiloCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        SiloCandidate[] staying = [.. candidates.Where(c => c.Load is not { IsLeaving: true })];
        SiloLoad[] heard = [.. staying.Where(c => c.IsFresh).Select(c => c.Load!)];
        return staying
            .OrderBy(c => RankOf(c, heard.Length > 0))
            .ThenBy(c => CostOf(key, c, heard))
            .ThenBy(c => Hash(key, c.Silo))
            .FirstOrDefault()?.Silo;
    }

    private static int RankOf(SiloCandidate candidate, bool othersAreHeard) => candidate switch
    {
        { IsFresh: true } => candidate.Load!.HasRoom(candidate.Coming) ? 0 : 1,
        { Load: not null } => 2,
        _ => othersAreHeard ? 0 : 2,
    };

    private static double CostOf(string key, SiloCandidate candidate, SiloLoad[] heard)
    {
        // Of one that just joined nothing is known: it counts as an average one, so that it is neither left out nor flooded.
        if (candidate.Load is not { } load)
            return heard.Length == 0 ? candidate.Coming : heard.Average(l => CostOf(l, candidate.Coming));
        return CostOf(load, candidate.Coming - (load.Warm.Contains(key, StringComparer.Ordinal) ? WarmWorth : 0));
    }

    private static double CostOf(SiloLoad load, int more) =>
        ((double)load.OpenIModels + more) / Math.Max(1, load.MaxOpenIModels) + Math.Max(0, load.MemoryShare - 0.5);

    // FNV-1a: the same in every process.
    private static uint Hash(string key, string silo)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(key + " " + silo))
            hash = (hash ^ b) * 16777619u;

        // The last bytes alone would hardly reach the high bits (finalizer of MurmurHash3).
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }
}
