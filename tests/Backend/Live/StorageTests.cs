using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class StorageTests(BackendFixture fixture)
{
    [Theory]
    [InlineData(0, 2000)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(8, 20)]
    [InlineData(20, 60)]
    public async Task Write_on_a_full_disk_is_refused_and_leaves_the_iModel_usable(int freePages, int inserts)
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("before"));
        List<string> content = await ContentAsync(bench);
        await bench.IModel.RunAsync(native => LiveBench.Rows(
            native, $"PRAGMA max_page_count={int.Parse(LiveBench.Rows(native, "PRAGMA page_count")[0], System.Globalization.CultureInfo.InvariantCulture) + freePages}"));
        string operations = Ops.Join([.. Enumerable.Repeat(Ops.Insert(new string('x', 500)), inserts), Ops.Delete(Ops.First), Ops.Rename(Ops.Second, new string('y', 100_000))]);
        Assert.Equal(LiveRefusals.StorageFull, await bench.RefusalAsync(operations, operationId: "full"));
        Assert.Equal(content, await ContentAsync(bench));
        Assert.Equal(new LiveState(1, 1), bench.Live.State);

        // The limit belonged to the connection that was given up: there is room again.
        Assert.Equal(2, (await bench.WriteAsync(operations, operationId: "full")).Result.Sequence);
        Assert.Equal([1, 2], (await bench.FeedAsync()).Select(static record => (int)record["sequence"]!));
        Assert.Equal(["ok"], await bench.RowsAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Checkpoint_moves_the_log_into_the_file_unless_something_was_committed_since()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        var log = new FileInfo(bench.Path + "-wal");
        await bench.WriteAsync(Ops.Insert("one"));
        Assert.NotEqual(0, log.Length);
        await Assert.ThrowsAsync<LiveRefusedException>(() => bench.Live.CheckpointAsync(bench.Epoch, 0, CancellationToken.None));
        await Assert.ThrowsAsync<LiveRefusedException>(() => bench.Live.CheckpointAsync(bench.Epoch + 1, 1, CancellationToken.None));
        await bench.Live.CheckpointAsync(bench.Epoch, 1, CancellationToken.None);
        log.Refresh();
        Assert.Equal(0, log.Length);
        Assert.Equal(2, (await bench.WriteAsync(Ops.Insert("two"))).Result.Sequence);
    }

    private static Task<List<string>> ContentAsync(LiveBench bench) =>
        bench.RowsAsync("SELECT count(*),max(Id),group_concat(UserLabel) FROM bis_Element UNION ALL SELECT count(*),max(Sequence),'' FROM itwinlive_Commit");
}
