using System.Net;
using ITwinOrleans.Grains.Clustering;

namespace ITwinOrleans.Grains.Tests.Fixtures;

/// <summary>Keeps the list of silos in the first one of a test's cluster: the one that has <see cref="ClusterSettings.ConnectionString"/> as its own address.</summary>
public sealed class MemoryClusterProvider : IClusterProvider
{
    public const string Name = "Memory";

    public string Mode => Name;

    public string? FaultOf(ClusterSettings settings) => null;

    public void ConfigureSilo(ISiloBuilder silo, ClusterSettings settings) => silo.UseDevelopmentClustering(IPEndPoint.Parse(settings.ConnectionString));

    public void ConfigureClient(IClientBuilder client, ClusterSettings settings) => throw new NotSupportedException("Tests call through a silo.");
}
