using ITwinOrleans.Grains.Clustering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Tests.Clustering;

public sealed class ClusterProvidersTests
{
    private static (ClusterSettings Settings, IClusterProvider Provider) Read(params (string Name, string Value)[] settings) =>
        ClusterProviders.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Cluster:" + s.Name, (string?)s.Value))).Build());

    [Theory]
    [InlineData("PostgreSql", "Host=127.0.0.1;Username=x")]
    [InlineData("AzureStorage", "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=eA==")]
    [InlineData("Local", "")]
    public void Mode_chooses_the_provider(string mode, string connection) => Assert.Equal(mode, Read(("Mode", mode), ("ConnectionString", connection)).Provider.Mode);

    [Theory]
    [InlineData("Zookeeper", "", "is not one of Local, PostgreSql, AzureStorage")]
    [InlineData("PostgreSql", "", "Cluster:ConnectionString is not set")]
    [InlineData("PostgreSql", "nonsense", "Cluster:ConnectionString cannot be read")]
    [InlineData("AzureStorage", "", "Cluster:ConnectionString is not set")]
    [InlineData("AzureStorage", "nonsense", "Cluster:ConnectionString cannot be read")]
    public void Settings_that_cannot_work_are_refused_and_named(string mode, string connection, string expected)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(("Mode", mode), ("ConnectionString", connection)));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
