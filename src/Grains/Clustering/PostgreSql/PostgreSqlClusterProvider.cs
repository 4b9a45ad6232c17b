using ITwinOrleans.Grains.Durability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ITwinOrleans.Grains.Clustering.PostgreSql;

/// <summary>The list of silos in PostgreSQL, by Orleans' ADO.NET provider.</summary>
public sealed class PostgreSqlClusterProvider : IClusterProvider
{
    private const string Invariant = "Npgsql";

    /// <inheritdoc/>
    public string Mode => "PostgreSql";

    /// <inheritdoc/>
    public string? FaultOf(ClusterSettings settings)
    {
        if (settings.ConnectionString.Length == 0)
            return "Cluster:ConnectionString is not set: say where PostgreSQL is, for example \"Host=127.0.0.1;Username=itwin;Database=itwin\".";
        try
        {
            _ = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"Cluster:ConnectionString cannot be read: {exception.Message}";
        }
    }

    /// <inheritdoc/>
    public void ConfigureDurability(DurabilityOptions durability, ClusterSettings settings) =>
        (durability.Mode, durability.ConnectionString) = (DurabilityMode.PostgreSql, settings.ConnectionString);

    /// <inheritdoc/>
    public void ConfigureSilo(ISiloBuilder silo, ClusterSettings settings)
    {
        AddSchema(silo.Services, settings);
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = settings.ConnectionString;
        });
    }

    /// <inheritdoc/>
    public void ConfigureClient(IClientBuilder client, ClusterSettings settings)
    {
        AddSchema(client.Services, settings);
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = settings.ConnectionString;
        });
    }

    private static void AddSchema(IServiceCollection services, ClusterSettings settings) =>
        services.AddSingleton<IHostedService>(provider => new MembershipSchema(
            settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<MembershipSchema>>()));
}
