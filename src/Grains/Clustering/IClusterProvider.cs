using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Grains.Clustering;

/// <summary>What keeps the list of silos: the seam for another service than those of <see cref="ClusterProviders"/>.</summary>
/// <remarks>Register a further one with <see cref="ClusterProviders.Add"/> before the host is built.</remarks>
public interface IClusterProvider
{
    /// <summary>The value of <see cref="ClusterSettings.Mode"/> that chooses it.</summary>
    string Mode { get; }

    /// <summary>What is wrong with the settings, for people; null when nothing is.</summary>
    string? FaultOf(ClusterSettings settings);

    /// <summary>Says what makes commits durable in a cluster of this mode, where the section <c>Durability</c> says nothing else. By default every silo's machine does.</summary>
    void ConfigureDurability(DurabilityOptions durability, ClusterSettings settings)
    {
    }

    /// <summary>Has a silo announce itself and find the others.</summary>
    void ConfigureSilo(ISiloBuilder silo, ClusterSettings settings);

    /// <summary>Has an Api find the silos.</summary>
    void ConfigureClient(IClientBuilder client, ClusterSettings settings);
}
