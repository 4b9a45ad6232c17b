using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Durability.Bench;

/// <summary>The durability of one silo as it is in a cluster: folders of its own, a database and a shared folder of all.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OwnerIdentity _self;

    public BenchSilo(string name, string folder, string database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddITwinDurability();
        services.Configure<DurabilityOptions>(options =>
            (options.Mode, options.ConnectionString, options.LiveFolder) = (DurabilityMode.PostgreSql, database, Path.Join(folder, name, "live")));
        services.Configure<FilesOptions>(options => (options.Folder, options.CacheFolder) =
            (Directory.CreateDirectory(Path.Join(folder, "shared")).FullName, Path.Join(folder, name, "cache")));
        _services = services.BuildServiceProvider();
        _self = new OwnerIdentity(name, "", Environment.ProcessId);
    }

    /// <summary>Takes the next epoch, makes the file and opens its journal.</summary>
    public async Task<(Ownership Ownership, string Path, ICommitJournal Journal)> OpenAsync(string key, string catalogPath)
    {
        var store = _services.GetRequiredService<IOwnershipStore>();
        OwnershipState? known = await store.FindAsync(key, catalogPath, default);
        Ownership ownership = await store.TakeAsync(new OwnershipRequest(key, catalogPath, _self, known?.Epoch ?? 0), default);
        var path = await LiveFiles.PrepareAsync(ownership, default);
        return (ownership, path, await _services.GetRequiredService<ICommitJournals>().OpenAsync(ownership, path, default));
    }

    public ILiveFiles LiveFiles => _services.GetRequiredService<ILiveFiles>();

    public Task ReleaseAsync(Ownership ownership) => _services.GetRequiredService<IOwnershipStore>().ReleaseAsync(ownership, default);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
