using ITwinOrleans.Backend;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Where the settings of catalogue, owners, workers and backend are in a process's configuration; the same in an Api and in a silo.</summary>
public static class SettingsBinding
{
    /// <summary>Binds <c>Catalog</c> (with <c>Data</c> for its folder), <c>Owners</c>, <c>Live</c>, <c>Workers</c> and <c>Backend</c> (what a query may take, whatever the client asks for).</summary>
    public static IServiceCollection BindITwinSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<CatalogOptions>(configuration.GetSection("Catalog"));
        services.Configure<CatalogOptions>(options => options.DataFolder = configuration["data"] ?? options.DataFolder);
        services.Configure<OwnerOptions>(configuration.GetSection("Owners"));
        services.Configure<LiveOptions>(configuration.GetSection("Live"));
        services.Configure<WorkerOptions>(configuration.GetSection("Workers"));
        services.Configure<BackendOptions>(configuration.GetSection("Backend"));
        return services;
    }
}
