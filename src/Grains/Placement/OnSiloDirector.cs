using Orleans.Runtime.Placement;

namespace ITwinOrleans.Grains.Placement;

/// <summary>Carries out <see cref="OnSiloPlacement"/>.</summary>
internal sealed class OnSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = OnSiloKey.SiloOf(target.GrainIdentity.Key.ToString()!);
        return Array.IndexOf(context.GetCompatibleSilos(target), silo) >= 0
            ? Task.FromResult(silo)
            : Task.FromException<SiloAddress>(new SiloUnavailableException($"The silo {silo} is gone."));
    }
}
