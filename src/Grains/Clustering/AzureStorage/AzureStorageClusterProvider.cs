using Azure.Data.Tables;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Grains.Clustering.AzureStorage;

/// <summary>The list of silos in a table of Azure Storage, by Orleans' provider. Ownership and journals of live iModels stay in PostgreSQL, which the section
/// <c>Durability</c> then names.</summary>
public sealed class AzureStorageClusterProvider : IClusterProvider
{
    private const string Example = "for example \"DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...\"";

    /// <inheritdoc/>
    public string Mode => "AzureStorage";

    /// <inheritdoc/>
    public string? FaultOf(ClusterSettings settings)
    {
        if (settings.ConnectionString.Length == 0)
            return $"Cluster:ConnectionString is not set: say which account of Azure Storage, {Example}.";
        try
        {
            _ = new TableServiceClient(settings.ConnectionString);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            return $"Cluster:ConnectionString cannot be read as one of Azure Storage, {Example}.";
        }
    }

    /// <inheritdoc/>
    public void ConfigureDurability(DurabilityOptions durability, ClusterSettings settings) => durability.Mode = DurabilityMode.PostgreSql;

    /// <inheritdoc/>
    public void ConfigureSilo(ISiloBuilder silo, ClusterSettings settings) =>
        silo.UseAzureStorageClustering(options => options.TableServiceClient = new TableServiceClient(settings.ConnectionString));

    /// <inheritdoc/>
    public void ConfigureClient(IClientBuilder client, ClusterSettings settings) =>
        client.UseAzureStorageClustering(options => options.TableServiceClient = new TableServiceClient(settings.ConnectionString));
}
