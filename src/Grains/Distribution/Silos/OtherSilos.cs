using ITwinOrleans.Grains.Balance;

namespace ITwinOrleans.Grains.Distribution.Silos;

/// <summary>The silos to which this one can give something.</summary>
internal static class OtherSilos
{
    /// <summary>The active silos but this one, with what is known of their load.</summary>
    public static IReadOnlyList<SiloCandidate> LookAtOthers(this LoadTable loads, ISiloStatusOracle silos)
    {
        var own = silos.SiloAddress.ToParsableString();

        // The table forgets whom it is not asked about, this silo too.
        return [.. loads.Look([.. silos.GetActiveSilos().Select(silo => silo.ToParsableString())]).Where(candidate => candidate.Silo != own)];
    }
}
