using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.PostgreSql;
using ITwinOrleans.Grains.Files;
using ITwinOrleans.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>The durability of one silo, wired as it is in production: its own local folders, and the database and shared folder of all.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OwnerIdentity _identity;

    private TestSilo(string name, ServiceProvider services)
    {
        _services = services;
        _identity = new OwnerIdentity(name, "127.0.0.1:1", Environment.ProcessId);
    }

    public IOwnershipStore Ownerships => _services.GetRequiredService<IOwnershipStore>();

    public ILiveFiles LiveFiles => _services.GetRequiredService<ILiveFiles>();

    public ICommitJournals Journals => _services.GetRequiredService<ICommitJournals>();

    public IPublishedFiles Published => _services.GetRequiredService<IPublishedFiles>();

    public FileCache Cache => _services.GetRequiredService<FileCache>();

    public PostgreSqlFeed Feed => _services.GetRequiredService<PostgreSqlFeed>();

    /// <summary>A silo with folders below the test's.</summary>
    public static TestSilo Create(string name, TestFolder folder, string database, Action<DurabilityOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        services?.Invoke(collection);
        collection.AddITwinDurability();
        collection.Configure<DurabilityOptions>(options =>
        {
            options.Mode = DurabilityMode.PostgreSql;
            options.ConnectionString = database;
            options.LiveFolder = folder[name + "/live"];
            configure?.Invoke(options);
        });
        collection.Configure<FilesOptions>(options =>
        {
            options.Folder = Directory.CreateDirectory(folder["shared"]).FullName;
            options.CacheFolder = folder[name + "/cache"];
        });
        return new TestSilo(name, collection.BuildServiceProvider());
    }

    /// <summary>Takes the iModel whatever its epoch is.</summary>
    public async Task<Ownership> TakeAsync(string key, string path = "")
    {
        OwnershipState? seen = await Ownerships.FindAsync(key, path, default);
        return await Ownerships.TakeAsync(Request(key, path, seen?.Epoch ?? 0), default);
    }

    public OwnershipRequest Request(string key, string path, long expected) => new(key, path, _identity, expected);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
