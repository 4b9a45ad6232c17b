using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class DiskTests(BackendFixture fixture)
{
    [NeedsDiskFact]
    public async Task Write_on_a_disk_without_room_is_refused_until_there_is_room()
    {
        using SmallDisk disk = SmallDisk.Mount(24);
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, folder: disk.Folder);
        await bench.WriteAsync(Ops.Insert("before"));
        List<string> count = await bench.RowsAsync("SELECT count(*) FROM bis_Element");
        string filler = disk.Fill();
        string operations = Ops.Join(Enumerable.Repeat(Ops.Insert(new string('x', 2000)), 200));
        Assert.Equal(LiveRefusals.StorageFull, await bench.RefusalAsync(operations, operationId: "full"));
        Assert.Equal(count, await bench.RowsAsync("SELECT count(*) FROM bis_Element"));
        Assert.Equal(LiveRefusals.StorageFull, await bench.RefusalAsync(operations, operationId: "full"));
        Assert.Equal(LiveRefusals.StorageFull, (await Assert.ThrowsAsync<LiveRefusedException>(
            () => bench.Live.NameVersionAsync(LiveBench.Ann.User, bench.Epoch, "full", CancellationToken.None))).Refusal.Name);
        File.Delete(filler);
        Assert.False((await bench.WriteAsync(operations, operationId: "full")).Result.Repeated);
        Assert.Equal([1, 2], (await bench.FeedAsync()).Select(static record => (int)record["sequence"]!));
        Assert.Equal(["ok"], await bench.RowsAsync("PRAGMA integrity_check"));
    }

    [NeedsDiskFact]
    public async Task Write_on_a_disk_that_became_read_only_is_refused_and_reading_goes_on()
    {
        using SmallDisk disk = SmallDisk.Mount(24);
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, folder: disk.Folder);
        await bench.CloseAsync();
        disk.Remount("ro");
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.OpenUnderAsync(9));
        Assert.Equal(LiveRefusals.StorageFailed, refused.Refusal.Name);
        disk.Remount("rw");
        await bench.ReopenAsync();
        await bench.WriteAsync(Ops.Insert("writable again"));
    }
}
