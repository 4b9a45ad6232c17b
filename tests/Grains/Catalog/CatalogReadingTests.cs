using ITwinOrleans.Grains.Catalog;
using ITwinOrleans.Grains.Tests.Fixtures;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Tests.Catalog;

/// <summary>Who asks before, while or after files are read gets an answer that is true.</summary>
public sealed class CatalogReadingTests : IAsyncLifetime
{
    private const string IModelId = "23166185-f608-421e-95e3-5d4397faf5d1";
    private readonly Bench _bench = new();

    private IModelCatalog Catalog => _bench.Catalog;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task WhenReadAsync_before_the_first_scan_waits_for_it_and_for_what_it_finds()
    {
        _bench.Data.Write("a.bim", "A");
        File.WriteAllText(_bench.Data.PathOf("broken.bim"), "no iModel");
        await Catalog.WhenReadAsync(CancellationToken.None).For("the files to be read");
        Assert.Equal(["a.bim Valid", "broken.bim Invalid"], Catalog.Entries.Select(e => $"{e.Key} {e.State}"));
    }

    [Fact]
    public async Task FindAsync_by_ids_before_the_first_scan_finds_the_file()
    {
        _bench.Data.Write("a.bim", "A", IModelId);
        Assert.Equal("a.bim", (await FindAsync())?.Key);
    }

    [Fact]
    public async Task FindAsync_by_ids_after_no_worker_could_read_the_file_tries_again()
    {
        _bench.Data.Write("a.bim", "A", IModelId);
        _bench.Log.DescribeFault = _ => new WorkerOverloadedException(WorkerLimit.CallsWaiting, "full");
        Assert.Null(await FindAsync());
        Assert.False(Catalog.IsRead);

        _bench.Log.DescribeFault = null;
        Assert.Equal("a.bim", (await FindAsync())?.Key);
        Assert.True(Catalog.IsRead);
    }

    [Fact]
    public async Task WhenReadAsync_file_that_is_replaced_at_each_reading_does_not_wait_for_ever()
    {
        _bench.Data.Write("a.bim", "A");
        var versions = 0;
        _bench.Log.DescribeFault = _ =>
        {
            _bench.Data.Write("a.bim", "A" + Interlocked.Increment(ref versions));
            return null;
        };
        Catalog.Rescan();
        await Catalog.WhenReadAsync(CancellationToken.None).For("the file to be read once");
        _bench.Log.DescribeFault = null;
        Assert.Equal(CatalogState.Valid, (await Catalog.FindReadAsync("a.bim", CancellationToken.None).For("its last version"))?.State);
    }

    [Fact]
    public async Task FindReadAsync_one_file_does_not_wait_for_the_others()
    {
        _bench.Data.Write("slow.bim", "S");
        _bench.Data.Write("a.bim", "A");
        _bench.Log.SlowFile = "slow.bim";
        Catalog.Rescan();
        Assert.Equal(CatalogState.Valid, (await Catalog.FindReadAsync("a.bim", CancellationToken.None).For("the file to be read"))?.State);
    }

    private async Task<CatalogEntry?> FindAsync() =>
        await Catalog.FindAsync(new IModelToken(IModelId: IModelId), CancellationToken.None).AsTask().For("an entry by its ids");
}
