using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class TransactionTests(BackendFixture fixture)
{
    [Fact]
    public async Task Write_of_all_kinds_of_entities_is_one_commit_with_ids_for_names()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        CommitAnswer answer = await bench.WriteAsync(Ops.Join(
            Ops.Insert("parent", "a"), Ops.Insert("child", "b", parent: "@a"), Ops.Aspect("@a", "from elsewhere", "c"), Ops.Refer("@a", "@b"), Ops.Rename(Ops.First, "renamed"), Ops.Delete(Ops.Second)));
        Assert.Equal(1, answer.Result.Sequence);
        Assert.Equal(6, answer.Result.Inserted.Count);
        string parent = answer.Result.Ids["a"], child = answer.Result.Ids["b"];
        Assert.Equal([parent, child, answer.Result.Ids["c"]], answer.Result.Inserted.Take(3));
        Assert.Equal([null, null], answer.Result.Inserted.Skip(4));
        ulong parentNumber = Id64.ToNumber(parent), childNumber = Id64.ToNumber(child);
        Assert.Equal([$"child|{parentNumber}"], await bench.RowsAsync($"SELECT UserLabel,ParentId FROM bis_Element WHERE Id={childNumber}"));
        Assert.Equal(["renamed"], await bench.RowsAsync("SELECT UserLabel FROM bis_Element WHERE Id=0x1f"));
        Assert.Empty(await bench.RowsAsync("SELECT Id FROM bis_Element WHERE Id=0x20"));
        Assert.Equal(["1"], await bench.RowsAsync($"SELECT count(*) FROM bis_ElementMultiAspect WHERE ElementId={parentNumber}"));
        Assert.Equal(["1"], await bench.RowsAsync($"SELECT count(*) FROM bis_ElementRefersToElements WHERE SourceId={parentNumber} AND TargetId={childNumber}"));
    }

    [Fact]
    public async Task Write_that_fails_in_the_middle_leaves_no_trace_and_says_where()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        List<string> before = await bench.RowsAsync("SELECT count(*),max(Id) FROM bis_Element");
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.WriteAsync(Ops.Join(Ops.Insert("one"), Ops.Delete("0x999999"), Ops.Insert("two"))));
        Assert.Equal((LiveRefusals.Refused, 1), (refused.Refusal.Name, refused.Refusal.Operation));
        Assert.True(refused.Refusal.ErrorNumber > 0);
        Assert.Equal(before, await bench.RowsAsync("SELECT count(*),max(Id) FROM bis_Element"));
        Assert.Empty(await bench.FeedAsync());
        Assert.Equal(1, (await bench.WriteAsync(Ops.Insert("three"))).Result.Sequence);
    }

    [Fact]
    public async Task Write_with_an_operation_id_is_applied_once_and_refused_with_other_content()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        LiveResult first = (await bench.WriteAsync(Ops.Insert("once"), operationId: "x")).Result;
        CommitAnswer again = await bench.WriteAsync(Ops.Insert("once"), operationId: "x");
        Assert.True(again.Result.Repeated && !first.Repeated);
        Assert.Equal(first.Inserted, again.Result.Inserted);
        Assert.NotNull(again.Record);
        Assert.Equal(LiveRefusals.OperationIdReused, await bench.RefusalAsync(Ops.Insert("other"), operationId: "x"));
        Assert.Equal(["1"], await bench.RowsAsync("SELECT count(*) FROM bis_Element WHERE UserLabel='once'"));
        await bench.ReopenAsync();
        Assert.True((await bench.WriteAsync(Ops.Insert("once"), operationId: "x")).Result.Repeated);
        Assert.Single(await bench.FeedAsync());
    }

    [Fact]
    public async Task Write_of_a_text_that_begins_with_at_keeps_it()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Rename(Ops.First, "@home"));
        Assert.Equal(["@home"], await bench.RowsAsync("SELECT UserLabel FROM bis_Element WHERE Id=0x1f"));
        await bench.WriteAsync(Ops.Join(Ops.Insert("named", "a"), Ops.Rename(Ops.First, "@@a")));
        Assert.Equal(["@a"], await bench.RowsAsync("SELECT UserLabel FROM bis_Element WHERE Id=0x1f"));
        Assert.Equal(LiveRefusals.InvalidTransaction, await bench.RefusalAsync(Ops.Join(Ops.Insert("named", "a"), Ops.Rename(Ops.First, "@b"))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"operationId":"","operations":[{"action":"delete","entity":"element","id":"0x20"}]}""")]
    [InlineData("""{"operationId":"a","operations":[]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"drop","entity":"element","id":"0x20"}]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"delete","entity":"table","id":"0x20"}]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"delete","entity":"element"}]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"insert","entity":"element","props":7}]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"update","entity":"element","props":{"id":"0x20","x":{"$binary":0} } }]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"update","entity":"element","props":{"id":"0x20","x":{"\u0024binary":0} } }]}""")]
    [InlineData("""{"operationId":"a","extra":1,"operations":[{"action":"delete","entity":"element","id":"0x20"}]}""")]
    [InlineData("""{"operationId":"a","operations":[{"action":"delete","entity":"element","id":"\ud800"}]}""")]
    public async Task Write_of_what_is_no_transaction_is_refused(string transaction)
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        LiveRefusedException refused = await Assert.ThrowsAsync<LiveRefusedException>(() => bench.SendAsync(transaction));
        Assert.Equal(LiveRefusals.InvalidTransaction, refused.Refusal.Name);
        Assert.Empty(await bench.FeedAsync());
    }

    [Fact]
    public async Task Write_above_a_limit_is_refused()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, options: new BackendOptions { Live = new LiveOptions { MaxOperations = 2, MaxTransactionBytes = 4096 } });
        Assert.Equal(LiveRefusals.TooLarge, await bench.RefusalAsync(Ops.Join(Ops.Delete("0x20"), Ops.Delete("0x21"), Ops.Delete("0x22"))));
        Assert.Equal(LiveRefusals.TooLarge, await bench.RefusalAsync(Ops.Rename("0x20", new string('x', 5000))));
    }

    [Fact]
    public async Task Record_of_a_commit_says_who_and_what_with_classes_and_geometry()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        string id = (await bench.WriteAsync(Ops.Join(Ops.Insert("new"), Ops.Rename(Ops.First, "old"), Ops.Delete(Ops.Second)), LiveBench.Bob)).Result.Inserted[0]!;
        JsonNode record = Assert.Single(await bench.FeedAsync());
        Assert.Equal(("edit", "Bob", "session-bob", "a test", 3), ((string)record["kind"]!, (string)record["user"]!["name"]!, (string)record["session"]!, (string)record["description"]!, (int)record["changed"]!));
        JsonNode elements = record["elements"]!;
        Assert.Equal([id], Ids(elements["inserted"]));
        Assert.Equal([Ops.First], Ids(elements["updated"]));
        Assert.Equal([Ops.Second], Ids(elements["deleted"]));
        Assert.Equal("Generic:PhysicalObject", (string?)elements["meta"]![(int)elements["insertedMeta"]![0]!]!["name"]);
        Assert.Contains(elements["meta"]!.AsArray(), static one => (string?)one!["name"] == "BisCore:Element");
        JsonNode geometry = Assert.Single(record["geometry"]!.AsArray())!;
        Assert.Equal(Ops.Model, (string?)geometry["id"]);
        Assert.Equal([id], Ids(geometry["inserted"]!["ids"]));
        Assert.Equal((string?)geometry["guid"], (string?)Assert.Single(record["geometryGuids"]!.AsArray())!["guid"]);
    }

    private static List<string> Ids(JsonNode? compressed) => CompressedId64Set.Decompress((string)compressed!, 100);
}
