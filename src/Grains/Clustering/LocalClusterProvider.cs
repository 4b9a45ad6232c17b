using ITwinOrleans.Grains.Hosting;

namespace ITwinOrleans.Grains.Clustering;

/// <summary>One silo alone, on 127.0.0.1, with no external service: the laptop's way.</summary>
public sealed class LocalClusterProvider : IClusterProvider
{
    /// <summary>The mode's name.</summary>
    public const string Name = "Local";

    /// <inheritdoc/>
    public string Mode => Name;

    /// <inheritdoc/>
    public string? FaultOf(ClusterSettings settings) => null;

    /// <inheritdoc/>
    /// <remarks>The ports of the settings are those of a cluster: here the silo's is a free one, and there is no gateway.</remarks>
    public void ConfigureSilo(ISiloBuilder silo, ClusterSettings settings) =>
        silo.UseLoopbackCluster(new LoopbackSiloOptions { ServiceId = settings.ServiceId });

    /// <inheritdoc/>
    public void ConfigureClient(IClientBuilder client, ClusterSettings settings) =>
        throw new InvalidOperationException("In mode Local the Api hosts the silo itself.");
}
