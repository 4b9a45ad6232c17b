using ITwinOrleans.Grains.Balance;
using Orleans.Runtime.Placement;

namespace ITwinOrleans.Grains.Placement;

/// <summary>Carries out <see cref="ByLoadPlacement"/>: a move's target first, then as <see cref="SiloChooser"/> says.</summary>
internal sealed class ByLoadDirector(LoadTable loads) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        // Only silos that are active, and know the grain.
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
            return Chosen(hint);
        if (silos.Length == 1)
            return Chosen(silos[0]);
        var byName = silos.ToDictionary(s => s.ToParsableString(), StringComparer.Ordinal);
        return SiloChooser.Choose(target.GrainIdentity.Key.ToString()!, loads.Look(byName.Keys)) is { } chosen
            ? Chosen(byName[chosen])
            : Task.FromException<SiloAddress>(new SiloUnavailableException("Every silo is going down."));
    }

    private Task<SiloAddress> Chosen(SiloAddress silo)
    {
        loads.Place(silo.ToParsableString());
        return Task.FromResult(silo);
    }
}
