using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Tests.Fixtures;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Catalog;

public sealed class IModelCatalogTests : IAsyncLifetime
{
    private const string IModelId = "23166185-f608-421e-95e3-5d4397faf5d1";
    private readonly Bench _bench = new();

    private IModelCatalog Catalog => _bench.Catalog;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Rescan_tree_of_files_lists_each_with_its_description()
    {
        _bench.Data.Write("rich.bim", "Rich", IModelId);
        _bench.Data.Write("plants/north/a.bim", "North");
        File.WriteAllText(_bench.Data.PathOf("notes.txt"), "no iModel");
        Catalog.Rescan();
        await Read();

        Assert.Equal(["plants/north/a.bim", "rich.bim"], Catalog.Entries.Select(e => e.Key));
        var rich = Catalog.Find("rich.bim")!;
        Assert.Equal(CatalogState.Valid, rich.State);
        Assert.Equal("Rich", rich.Description!.Name);
        Assert.Equal(IModelId, rich.Description.IModelId);
        Assert.Equal(new ChangesetRef("", 0), rich.Description.Changeset);
        Assert.Equal([1, 2, 3], rich.Description.Extents!.High);
        Assert.Equal(new FileInfo(_bench.Data.PathOf("rich.bim")).Length, rich.Identity.SizeBytes);
    }

    [Fact]
    public async Task Rescan_unchanged_files_reads_none_again()
    {
        _bench.Data.Write("a.bim", "A");
        for (var i = 0; i < 3; i++)
        {
            Catalog.Rescan();
            await Read();
        }

        Assert.Equal(1, _bench.Log.Count("described a.bim"));
    }

    [Fact]
    public async Task Rescan_file_that_is_no_iModel_lists_it_as_invalid_with_a_reason_without_paths()
    {
        File.WriteAllText(_bench.Data.PathOf("broken.bim"), "this is not it");
        File.WriteAllText(_bench.Data.PathOf("empty.bim"), "");
        Catalog.Rescan();
        await Read();

        Assert.All(Catalog.Entries, e => Assert.Equal(CatalogState.Invalid, e.State));
        Assert.Equal("broken.bim is not a database", Catalog.Find("broken.bim")!.Reason);
    }

    [Fact]
    public async Task Rescan_file_that_ends_its_worker_is_invalid_and_not_tried_for_ever()
    {
        _bench.Data.Write("poison.bim", "P");
        _bench.Data.Write("good.bim", "G");
        _bench.Log.DescribeFault = key => key == "poison.bim" ? new WorkerLostException(WorkerLossReason.Died, mayHaveRun: true, "died") : null;
        Catalog.Rescan();
        await Read();
        Catalog.Rescan();
        await Read();

        Assert.Equal(CatalogState.Invalid, Catalog.Find("poison.bim")!.State);
        Assert.Equal(CatalogState.Valid, Catalog.Find("good.bim")!.State);
        Assert.Equal(2, _bench.Log.Count("described poison.bim"));
    }

    [Fact]
    public async Task Rescan_no_worker_to_read_with_stays_unread_and_is_tried_again()
    {
        _bench.Data.Write("a.bim", "A");
        _bench.Log.DescribeFault = _ => new WorkerOverloadedException(WorkerLimit.CallsWaiting, "full");
        Catalog.Rescan();
        await Read();
        Assert.Equal(CatalogState.Unread, Catalog.Find("a.bim")!.State);

        _bench.Log.DescribeFault = null;
        Catalog.Rescan();
        await Read();
        Assert.Equal(CatalogState.Valid, Catalog.Find("a.bim")!.State);
    }

    [Fact]
    public void Find_file_that_came_since_the_scan_finds_it()
    {
        Catalog.Rescan();
        _bench.Data.Write("new.bim", "N");
        Assert.NotNull(Catalog.Find("new.bim"));
    }

    [Fact]
    public void Find_unsafe_key_finds_nothing()
    {
        using var outside = new DataFolder();
        outside.Write("secret.bim", "S");
        Assert.Null(Catalog.Find($"../{Path.GetFileName(outside.Path)}/secret.bim"));
        Assert.Null(Catalog.Find(outside.PathOf("secret.bim")));
    }

    [Fact]
    public void Find_symbolic_links_finds_nothing()
    {
        using var outside = new DataFolder();
        outside.Write("secret.bim", "S");
        _bench.Data.Write("real.bim", "R");
        File.CreateSymbolicLink(_bench.Data.PathOf("link.bim"), outside.PathOf("secret.bim"));
        Directory.CreateSymbolicLink(_bench.Data.PathOf("folder"), outside.Path);
        File.CreateSymbolicLink(_bench.Data.PathOf("alias.bim"), _bench.Data.PathOf("real.bim"));
        Catalog.Rescan();

        Assert.Equal(["real.bim"], Catalog.Entries.Select(e => e.Key));
        Assert.Null(Catalog.Find("link.bim"));
        Assert.Null(Catalog.Find("folder/secret.bim"));
        Assert.Null(Catalog.Find("alias.bim"));
    }

    [Fact]
    public async Task FindAsync_by_ids_waits_for_files_that_are_not_read_yet()
    {
        _bench.Data.Write("v0.bim", "Zero", IModelId);
        _bench.Data.Write("v1.bim", "One", IModelId, changesetId: "abc123");
        Catalog.Rescan();

        Assert.Equal("v0.bim", (await FindAsync(new IModelToken(IModelId: IModelId.ToUpperInvariant())))?.Key);
        Assert.Equal("v0.bim", (await FindAsync(new IModelToken(IModelId: IModelId, ChangesetId: "0")))?.Key);
        Assert.Equal("v1.bim", (await FindAsync(new IModelToken(IModelId: IModelId, ChangesetId: "abc123")))?.Key);
        Assert.Equal("v1.bim", (await FindAsync(new IModelToken(Key: IModelId + ":abc123")))?.Key);
        Assert.Equal("v0.bim", (await FindAsync(new IModelToken(Key: IModelId + ":")))?.Key);
        Assert.Equal("v1.bim", (await FindAsync(new IModelToken(Key: "v1.bim", IModelId: IModelId)))?.Key);
        Assert.Null(await FindAsync(new IModelToken(IModelId: IModelId, ChangesetId: "other")));
        Assert.Null(await FindAsync(new IModelToken(IModelId: IModelId, ITwinId: Guid.NewGuid().ToString())));
        Assert.Null(await FindAsync(new IModelToken(Key: "no.bim", IModelId: IModelId)));
    }

    [Fact]
    public async Task Refresh_replaced_file_is_a_new_entry_and_the_old_tile_cache_is_gone()
    {
        _bench.Data.Write("a.bim", "Old", IModelId);
        Catalog.Rescan();
        await Read();
        var old = Catalog.Find("a.bim")!;
        File.WriteAllText(_bench.Data.PathOf("a.bim.Tiles"), "tiles of the old one");
        var changes = new List<CatalogChange>();
        Catalog.Changed += changes.Add;

        _bench.Data.Write("a.bim", "New", IModelId);
        Catalog.Refresh("a.bim");
        await Read();

        var entry = Catalog.Find("a.bim")!;
        Assert.NotEqual(old.Identity, entry.Identity);
        Assert.Equal("New", entry.Description!.Name);
        Assert.Equal(old, changes[0].Before);
        Assert.False(File.Exists(_bench.Data.PathOf("a.bim.Tiles")));
    }

    [Fact]
    public async Task Refresh_replaced_by_one_of_the_same_size_and_time_is_noticed_by_its_inode()
    {
        _bench.Data.Write("a.bim", "Old", IModelId);
        Catalog.Rescan();
        await Read();
        var time = File.GetLastWriteTimeUtc(_bench.Data.PathOf("a.bim"));
        using var keep = File.OpenRead(_bench.Data.PathOf("a.bim"));
        _bench.Data.Write("a.bim", "New", IModelId);
        File.SetLastWriteTimeUtc(_bench.Data.PathOf("a.bim"), time);

        Catalog.Rescan();
        await Read();
        Assert.Equal("New", Catalog.Find("a.bim")!.Description!.Name);
    }

    [Fact]
    public async Task Rescan_removed_file_is_gone_and_its_ids_find_nothing()
    {
        _bench.Data.Write("a.bim", "A", IModelId);
        Catalog.Rescan();
        await Read();
        File.Delete(_bench.Data.PathOf("a.bim"));
        Catalog.Rescan();

        Assert.Empty(Catalog.Entries);
        Assert.Null(await FindAsync(new IModelToken(IModelId: IModelId)));
    }

    private async Task<CatalogEntry?> FindAsync(IModelToken token) => await Catalog.FindAsync(token, CancellationToken.None).AsTask().For("an entry by its ids");

    private Task Read() => Catalog.WhenReadAsync(CancellationToken.None).For("the files to be read");
}
