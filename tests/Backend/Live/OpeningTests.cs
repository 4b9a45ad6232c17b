using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.IModels;
using ITwinOrleans.Native.Txns;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class OpeningTests(BackendFixture fixture)
{
    [Fact]
    public async Task Open_under_an_epoch_that_is_not_newer_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.ReopenAsync();
        await bench.CloseAsync();
        foreach (long epoch in (long[])[1, 2])
        {
            LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.OpenUnderAsync(epoch));
            Assert.Equal(LiveRefusals.NotWritable, refused.Refusal.Name);
        }

        await bench.OpenUnderAsync(3);
    }

    [Fact]
    public async Task Open_of_a_file_that_is_open_for_writing_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, options: new BackendOptions { Live = new LiveOptions { BusyTimeout = TimeSpan.Zero } });
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.OpenUnderAsync(9));
        Assert.Equal(LiveRefusals.NotWritable, refused.Refusal.Name);
        await bench.WriteAsync(Ops.Insert("still mine"));
    }

    [Fact]
    public async Task Write_after_a_newer_owner_took_the_file_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("mine"));
        await bench.IModel.RunAsync(static native =>
        {
            native.ExecuteSql("UPDATE itwinlive_State SET Epoch=9");
            native.Txns.SaveChanges();
            return true;
        });
        Assert.Equal(LiveRefusals.NotWritable, await bench.RefusalAsync(Ops.Insert("too late")));
        Assert.Equal(["0"], await bench.RowsAsync("SELECT count(*) FROM bis_Element WHERE UserLabel='too late'"));
    }

    [Fact]
    public async Task Write_under_another_epoch_than_that_of_the_opening_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.Live.WriteAsync(
            LiveBench.Ann, 7, System.Text.Encoding.UTF8.GetBytes($$"""{"operationId":"a","operations":{{Ops.Delete(Ops.First)}}}"""), CancellationToken.None));
        Assert.Equal(LiveRefusals.NotWritable, refused.Refusal.Name);
    }

    [Fact]
    public async Task Open_of_a_snapshot_for_writing_is_refused()
    {
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => LiveBench.OpenAsync(fixture, "test.bim"));
        Assert.Equal(LiveRefusals.NotWritable, refused.Refusal.Name);
    }

    [Fact]
    public async Task Close_leaves_one_file_with_everything_in_it()
    {
        LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("kept"));
        Assert.True(new FileInfo(bench.Path + "-wal").Length > 0);
        await bench.DisposeAsync();
        Assert.False(File.Exists(bench.Path + "-wal"));
        await fixture.Engine.RunAsync(platform =>
        {
            using DgnDb native = DgnDb.Open(platform, bench.Path);
            Assert.Equal(["1"], LiveBench.Rows(native, "SELECT count(*) FROM bis_Element WHERE UserLabel='kept'"));
        });
    }

    [Fact]
    public async Task Live_tables_never_reach_a_changeset()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("x"));
        List<string> tables = await bench.IModel.RunAsync(native =>
        {
            var found = new List<string>();
            using ChangesetReader changes = ChangesetReader.OpenLocalChanges(native, includeUnsaved: true);
            while (changes.Step())
                found.Add(changes.TableName);
            Assert.Null(changes.DdlChanges);
            return found;
        });
        Assert.Contains("bis_Element", tables);
        Assert.DoesNotContain(tables, static table => table.StartsWith("itwinlive_", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Synchronous_is_full_in_wal_mode()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Assert.Equal(["wal"], await bench.RowsAsync("PRAGMA journal_mode"));
        Assert.Equal(["2"], await bench.RowsAsync("PRAGMA synchronous"));
    }
}
