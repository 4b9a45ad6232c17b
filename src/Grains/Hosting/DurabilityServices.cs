using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.Local;
using ITwinOrleans.Grains.Durability.PostgreSql;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Hosting;

/// <summary>Registers ownership, journals and shared files, as <see cref="DurabilityOptions.Mode"/> and <see cref="FilesOptions.Mode"/> say.</summary>
public static class DurabilityServices
{
    /// <summary>Gives <see cref="IOwnershipStore"/>, <see cref="ILiveFiles"/>, <see cref="ICommitJournals"/>, <see cref="IVersionStore"/> and, in a cluster, <see cref="IFileStore"/>,
    /// <see cref="FileCache"/>, <see cref="IPublishedFiles"/> and <see cref="PostgreSqlFeed"/>. Wrong settings stop the start.</summary>
    public static IServiceCollection AddITwinDurability(this IServiceCollection services)
    {
        services.AddOptions<DurabilityOptions>().ValidateOnStart();
        services.AddOptions<FilesOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DurabilityOptions>, DurabilityOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FilesOptions>, FilesOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddLocal();
        services.AddPostgreSql();
        services.AddSingleton<IOwnershipStore>(p => p.IsLocal() ? p.GetRequiredService<LocalOwnershipStore>() : p.GetRequiredService<PostgreSqlOwnershipStore>());
        services.AddSingleton<ILiveFiles>(p => p.IsLocal() ? p.GetRequiredService<LocalLiveFiles>() : p.GetRequiredService<PostgreSqlLiveFiles>());
        services.AddSingleton<ICommitJournals>(p => p.IsLocal() ? p.GetRequiredService<LocalJournals>() : p.GetRequiredService<PostgreSqlJournals>());
        services.AddSingleton<IVersionStore>(p => p.IsLocal() ? p.GetRequiredService<LocalVersionStore>() : p.GetRequiredService<PostgreSqlVersionStore>());
        return services;
    }

    private static void AddLocal(this IServiceCollection services)
    {
        services.AddSingleton<LocalOwnershipStore>();
        services.AddSingleton<LocalLiveFiles>();
        services.AddSingleton<LocalJournals>();
        services.AddSingleton<LocalVersionStore>();
    }

    private static void AddPostgreSql(this IServiceCollection services)
    {
        services.AddSingleton<JournalDatabase>();
        services.AddSingleton<JournalServices>();
        services.AddSingleton<PostgreSqlOwnershipStore>();
        services.AddSingleton<PostgreSqlLiveFiles>();
        services.AddSingleton<PostgreSqlJournals>();
        services.AddSingleton<PostgreSqlVersionStore>();
        services.AddSingleton<PostgreSqlFeed>();
        services.AddSingleton<IPublishedFiles, PostgreSqlPublishedFiles>();
        services.AddSingleton<FileCache>();
        services.AddSingleton<FolderFileStore>();
        services.AddSingleton<S3FileStore>();
        services.AddSingleton<IFileStore>(p => p.GetRequiredService<IOptions<FilesOptions>>().Value.Mode == FilesMode.S3
            ? p.GetRequiredService<S3FileStore>()
            : p.GetRequiredService<FolderFileStore>());
    }

    private static bool IsLocal(this IServiceProvider services) =>
        services.GetRequiredService<IOptions<DurabilityOptions>>().Value.Mode == DurabilityMode.Local;
}
