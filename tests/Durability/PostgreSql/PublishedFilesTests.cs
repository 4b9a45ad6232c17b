using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

[Collection(RealStoresCollection.Name)]
public sealed class PublishedFilesTests(RealStores stores) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestSilo _a = null!, _b = null!;

    public async Task InitializeAsync()
    {
        var database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", _folder, database), TestSilo.Create("b", _folder, database));
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Published_file_is_seen_by_all_silos_and_replaced_by_its_successor()
    {
        Ownership ownership = await _a.TakeAsync("plants/x.bim");
        await File.WriteAllTextAsync(_folder["local"], "first");
        StoredFile first = await _a.Published.PublishAsync(ownership, "versions/1.bim", _folder["local"], default);
        await _a.Published.PublishAsync(ownership, "changesets/1.cs", _folder["local"], default);
        IReadOnlyDictionary<string, StoredFile> seen = await _b.Published.ListAsync("plants/x.bim", default);
        Assert.Equal(first, seen["versions/1.bim"]);
        Assert.Equal(["changesets/1.cs", "versions/1.bim"], seen.Keys.Order());

        await File.WriteAllTextAsync(_folder["local"], "second");
        StoredFile second = await _a.Published.PublishAsync(ownership, "versions/1.bim", _folder["local"], default);
        Assert.Equal(second, (await _b.Published.ListAsync("plants/x.bim", default))["versions/1.bim"]);
        using CachedFile copy = await _b.Cache.GetAsync(second, default);
        Assert.Equal("second", await File.ReadAllTextAsync(copy.Path));
        Assert.False(File.Exists(_folder["shared/" + first.Name]));
        Assert.Empty(await _b.Published.ListAsync("plants/y.bim", default));
    }

    [Fact]
    public async Task PublishAsync_refuses_names_that_break_the_rules()
    {
        Ownership ownership = await _a.TakeAsync("x.bim");
        await Assert.ThrowsAsync<ArgumentException>(() => _a.Published.PublishAsync(ownership, "../x", _folder["local"], default));
    }
}
