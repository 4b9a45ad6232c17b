using ITwinOrleans.Backend;
using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Grains.Live;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Where the settings of catalogue, owners, workers and backend are in a process's configuration; the same in an Api and in a silo.</summary>
public static class SettingsBinding
{
    private const string StoreFolder = ".store";

    /// <summary>Binds <c>Catalog</c> (with <c>Data</c> for its folder), <c>Owners</c>, <c>Live</c>, <c>Durability</c>, <c>Files</c>, <c>Workers</c> and <c>Backend</c>
    /// (what a query may take, whatever the client asks for).</summary>
    public static IServiceCollection BindITwinSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<CatalogOptions>(configuration.GetSection("Catalog"));
        services.Configure<CatalogOptions>(options => options.DataFolder = configuration["data"] ?? options.DataFolder);
        services.Configure<OwnerOptions>(configuration.GetSection("Owners"));
        services.Configure<LiveOptions>(configuration.GetSection("Live"));
        services.Configure<DurabilityOptions>(configuration.GetSection("Durability"));
        services.Configure<FilesOptions>(configuration.GetSection("Files"));
        services.Configure<WorkerOptions>(configuration.GetSection("Workers"));
        services.Configure<BackendOptions>(configuration.GetSection("Backend"));
        services.AddOptions<FilesOptions>().PostConfigure<IOptions<CatalogOptions>, IOptions<DurabilityOptions>>(UseDataFolder);
        return services;
    }

    // All silos see the folder of iModels, and nothing in it is served whose name begins with a dot.
    private static void UseDataFolder(FilesOptions files, IOptions<CatalogOptions> catalog, IOptions<DurabilityOptions> durability)
    {
        if (files is { Mode: FilesMode.Folder, Folder: "" } && durability.Value.Mode != DurabilityMode.Local && Directory.Exists(catalog.Value.DataFolder))
            files.Folder = Directory.CreateDirectory(Path.Join(Path.GetFullPath(catalog.Value.DataFolder), StoreFolder)).FullName;
    }
}
