using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class ConflictTests(BackendFixture fixture)
{
    [Theory]
    [InlineData(200_000)]
    [InlineData(0)]
    public async Task Write_on_what_somebody_else_changed_since_is_refused_with_who_and_when(int remembered)
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, options: new BackendOptions { Live = new LiveOptions { MaxRememberedChanges = remembered } });
        await bench.WriteAsync(Ops.Rename(Ops.Third, "early"), LiveBench.Bob);
        LiveState read = bench.Live.State;
        await bench.WriteAsync(Ops.Rename(Ops.First, "bob's"), LiveBench.Bob);
        await bench.WriteAsync(Ops.Rename(Ops.Second, "ann's"), LiveBench.Ann);
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.WriteAsync(Ops.Join(Ops.Rename(Ops.First, "x"), Ops.Rename(Ops.Second, "y")), LiveBench.Ann, read: read));
        Assert.Equal(LiveRefusals.Conflict, refused.Refusal.Name);
        Assert.Equal([new LiveConflict(Ops.First, 2, LiveBench.Bob.User)], refused.Refusal.Conflicts);
        await bench.WriteAsync(Ops.Join(Ops.Rename(Ops.Third, "free"), Ops.Rename(Ops.Second, "mine")), LiveBench.Ann, read: read);
        await bench.WriteAsync(Ops.Rename(Ops.First, "knowingly"), LiveBench.Ann, read: bench.Live.State);
    }

    [Fact]
    public async Task Write_conflicts_by_children_aspects_and_relationships_too()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        LiveResult made = (await bench.WriteAsync(Ops.Join(Ops.Insert("parent", "a"), Ops.Insert("child", "b", parent: "@a")))).Result;
        LiveState read = bench.Live.State;
        await bench.WriteAsync(Ops.Rename(made.Ids["b"], "changed"), LiveBench.Bob);
        await bench.WriteAsync(Ops.Aspect(Ops.First, "aspect"), LiveBench.Bob);
        await bench.WriteAsync(Ops.Refer(Ops.Second, Ops.Third), LiveBench.Bob);
        Assert.Equal(LiveRefusals.Conflict, await bench.RefusalAsync(Ops.Delete(made.Ids["a"]), read: read));
        Assert.Equal(LiveRefusals.Conflict, await bench.RefusalAsync(Ops.Rename(Ops.First, "x"), read: read));
        Assert.Equal(LiveRefusals.Conflict, await bench.RefusalAsync(Ops.Aspect(Ops.Third, "mine"), read: read));
    }

    [Fact]
    public async Task Write_on_a_state_that_is_not_in_the_history_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("1"));
        Assert.Equal(LiveRefusals.Conflict, await bench.RefusalAsync(Ops.Insert("2"), read: new LiveState(5, 1)));
    }
}
