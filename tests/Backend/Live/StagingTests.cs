using System.Text;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class StagingTests(BackendFixture fixture)
{
    private static Task<LiveResult> StageAsync(LiveBench bench, string operations, LiveAuthor? author = null) => bench.Live.StageAsync(
        author ?? LiveBench.Ann, bench.Epoch, Encoding.UTF8.GetBytes($$"""{"operationId":"stage","operations":{{operations}}}"""), CancellationToken.None);

    private static string WithId(string insert, string id) => insert.Replace("\"action\":\"insert\",", $"\"action\":\"insert\",\"id\":\"{id}\",", StringComparison.Ordinal);

    [Fact]
    public async Task Stage_leaves_no_trace_and_the_commit_uses_its_ids()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Dictionary<string, List<string>> before = await FileContent.ReadAsync(bench);
        LiveResult first = await StageAsync(bench, Ops.Join(Ops.Insert("one", "a"), Ops.Aspect("@a", "aspect"), Ops.Refer(Ops.First, "@a")));
        FileContent.AssertEqual(before, await FileContent.ReadAsync(bench), "after staging");
        Assert.Equal(0, bench.Live.State.Sequence);

        string[] ids = [.. first.Inserted.Select(static id => id!)];
        string mine = Ops.Join(WithId(Ops.Insert("one", "a"), ids[0]), WithId(Ops.Aspect("@a", "aspect"), ids[1]), WithId(Ops.Refer(Ops.First, "@a"), ids[2]));
        await bench.WriteAsync(Ops.Join(Ops.Insert("bob's"), Ops.Aspect(Ops.Second, "bob's"), Ops.Refer(Ops.Second, Ops.Third)), LiveBench.Bob);
        LiveResult second = await StageAsync(bench, Ops.Join(mine, Ops.Rename(ids[0], "renamed"), Ops.Insert("two")));
        Assert.Equal(ids, second.Inserted.Take(3));
        CommitAnswer saved = await bench.WriteAsync(Ops.Join(mine, Ops.Rename(ids[0], "renamed"), WithId(Ops.Insert("two"), second.Inserted[^1]!)));
        Assert.Equal(second.Inserted, saved.Result.Inserted);
        Assert.Equal(["renamed"], await bench.RowsAsync($"SELECT UserLabel FROM bis_Element WHERE Id={Id64.ToNumber(ids[0])}"));
        Assert.Equal([$"{Id64.ToNumber(ids[0])}|aspect"], await bench.RowsAsync($"SELECT ElementId,ps2 FROM bis_ElementMultiAspect WHERE Id={Id64.ToNumber(ids[1])}"));
        Assert.Equal([$"{0x1f}|{Id64.ToNumber(ids[0])}"], await bench.RowsAsync($"SELECT SourceId,TargetId FROM bis_ElementRefersToElements WHERE Id={Id64.ToNumber(ids[2])}"));
    }

    [Fact]
    public async Task Stage_of_what_would_be_refused_says_so_and_leaves_no_trace()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Dictionary<string, List<string>> before = await FileContent.ReadAsync(bench);
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => StageAsync(bench, Ops.Join(Ops.Insert("x"), Ops.Delete("0x999999"))));
        Assert.Equal((LiveRefusals.Refused, 1), (refused.Refusal.Name, refused.Refusal.Operation));
        FileContent.AssertEqual(before, await FileContent.ReadAsync(bench), "after a refused trial");
    }

    [Fact]
    public async Task Reserved_ids_are_never_given_to_somebody_else()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        string id = (await StageAsync(bench, Ops.Insert("ann's"))).Inserted[0]!;
        Assert.Equal(LiveRefusals.InvalidTransaction, await bench.RefusalAsync(WithId(Ops.Insert("stolen"), id), LiveBench.Bob));
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => StageAsync(bench, WithId(Ops.Insert("stolen"), id), LiveBench.Bob));
        Assert.Equal(LiveRefusals.InvalidTransaction, refused.Refusal.Name);
        Assert.NotEqual(id, (await StageAsync(bench, Ops.Insert("bob's"), LiveBench.Bob)).Inserted[0]);
        Assert.NotEqual(id, (await bench.WriteAsync(Ops.Insert("bob's"), LiveBench.Bob)).Result.Inserted[0]);
        await bench.ReopenAsync();
        for (int i = 0; i < 3; i++)
            Assert.NotEqual(id, (await bench.WriteAsync(Ops.Insert("after a restart"), LiveBench.Bob)).Result.Inserted[0]);
        Assert.Equal(id, (await StageAsync(bench, WithId(Ops.Insert("staged again"), id))).Inserted[0]);
        Assert.Equal(LiveRefusals.InvalidTransaction, await bench.RefusalAsync(WithId(Ops.Insert("stolen"), id), LiveBench.Bob));
        await bench.ReopenAsync();
        Assert.Equal(id, (await bench.WriteAsync(WithId(Ops.Insert("saved, not staged again"), id))).Result.Inserted[0]);
        Assert.Equal(LiveRefusals.Refused, await bench.RefusalAsync(WithId(Ops.Insert("taken"), id), LiveBench.Bob));
    }

    [Fact]
    public async Task Id_that_was_never_given_out_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Assert.Equal(LiveRefusals.InvalidTransaction, await bench.RefusalAsync(WithId(Ops.Insert("x"), "0xffffff")));
    }

    [Fact]
    public async Task Unstage_gives_the_ids_up()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        string id = (await StageAsync(bench, Ops.Insert("x"))).Inserted[0]!;
        await bench.Live.UnstageAsync(LiveBench.Ann.Session, CancellationToken.None);
        Assert.Equal(LiveRefusals.InvalidTransaction, await bench.RefusalAsync(WithId(Ops.Insert("x"), id)));
    }
}
