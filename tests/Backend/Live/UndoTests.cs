using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Elements;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Errors;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class UndoTests(BackendFixture fixture)
{
    private static Task<CommitAnswer> UndoAsync(LiveBench bench, LiveAuthor? author = null, string? target = null, string? id = null) =>
        bench.Live.UndoAsync(author ?? LiveBench.Ann, bench.Epoch, new LiveInversion(id ?? bench.NextOperationId(), target), CancellationToken.None);

    private static Task<CommitAnswer> RedoAsync(LiveBench bench, LiveAuthor? author = null, string? target = null) =>
        bench.Live.RedoAsync(author ?? LiveBench.Ann, bench.Epoch, new LiveInversion(bench.NextOperationId(), target), CancellationToken.None);

    private static async Task<LiveRefusal> RefusalAsync(Task<CommitAnswer> write) => (await Assert.ThrowsAsync<LiveRefusedException>(() => write)).Refusal;

    private static Task<List<string>> LabelsAsync(LiveBench bench) => bench.RowsAsync("SELECT UserLabel FROM bis_Element WHERE Id IN (0x1f,0x20,0x21) ORDER BY Id");

    [Fact]
    public async Task Undo_and_redo_go_through_ones_own_operations_in_order()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        List<string> before = await LabelsAsync(bench);
        await bench.WriteAsync(Ops.Rename(Ops.First, "a1"), LiveBench.Ann, "a1");
        await bench.WriteAsync(Ops.Rename(Ops.Second, "b1"), LiveBench.Bob, "b1");
        await bench.WriteAsync(Ops.Rename(Ops.Third, "a2"), LiveBench.Ann, "a2");
        await UndoAsync(bench);
        Assert.Equal(["a1", "b1", before[2]], await LabelsAsync(bench));
        await UndoAsync(bench);
        Assert.Equal([before[0], "b1", before[2]], await LabelsAsync(bench));
        Assert.Equal(LiveRefusals.NothingToUndo, (await RefusalAsync(UndoAsync(bench))).Name);
        await RedoAsync(bench);
        await RedoAsync(bench);
        Assert.Equal(["a1", "b1", "a2"], await LabelsAsync(bench));
        Assert.Equal(LiveRefusals.NothingToRedo, (await RefusalAsync(RedoAsync(bench))).Name);
        List<JsonNode> feed = await bench.FeedAsync();
        Assert.Equal(["edit", "edit", "edit", "undo", "undo", "redo", "redo"], feed.Select(static record => (string?)record["kind"]));
        Assert.Equal([null, null, null, "a2", "a1", "a1", "a2"], feed.Select(static record => (string?)record["undone"]));
        Assert.Equal("a test", (string?)feed[^1]["description"]);
    }

    [Fact]
    public async Task Undo_works_after_a_restart_and_once_for_one_operation_id()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        List<string> before = await LabelsAsync(bench);
        await bench.WriteAsync(Ops.Rename(Ops.First, "first"));
        await bench.WriteAsync(Ops.Rename(Ops.First, "second"));
        await bench.ReopenAsync();
        await UndoAsync(bench, id: "u");
        Assert.True((await UndoAsync(bench, id: "u")).Result.Repeated);
        Assert.Equal("first", (await LabelsAsync(bench))[0]);
        await bench.ReopenAsync();
        await UndoAsync(bench);
        Assert.Equal(before, await LabelsAsync(bench));
        await bench.ReopenAsync();
        await RedoAsync(bench);
        Assert.Equal("first", (await LabelsAsync(bench))[0]);
    }

    [Fact]
    public async Task Undo_is_refused_when_somebody_else_changed_the_same_element_since()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Rename(Ops.First, "ann's"), LiveBench.Ann);
        await bench.WriteAsync(Ops.Move(Ops.First, 7), LiveBench.Bob);
        LiveRefusal refusal = await RefusalAsync(UndoAsync(bench));
        Assert.Equal(LiveRefusals.Conflict, refusal.Name);
        Assert.Equal([new LiveConflict(Ops.First, 2, LiveBench.Bob.User)], refusal.Conflicts);
        await UndoAsync(bench, LiveBench.Bob);
        await UndoAsync(bench);
        Assert.NotEqual("ann's", (await LabelsAsync(bench))[0]);
        await bench.WriteAsync(Ops.Rename(Ops.First, "bob's"), LiveBench.Bob);
        Assert.Equal(LiveRefusals.Conflict, (await RefusalAsync(RedoAsync(bench))).Name);
    }

    [Fact]
    public async Task Undo_of_an_insert_is_refused_when_others_built_on_it()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        string id = (await bench.WriteAsync(Ops.Insert("base"))).Result.Inserted[0]!;
        await bench.WriteAsync(Ops.Insert("child", parent: id), LiveBench.Bob);
        List<string> content = await bench.RowsAsync("SELECT count(*) FROM bis_Element");
        Assert.Equal(LiveRefusals.Conflict, (await RefusalAsync(UndoAsync(bench))).Name);
        Assert.Equal(content, await bench.RowsAsync("SELECT count(*) FROM bis_Element"));
        await UndoAsync(bench, LiveBench.Bob);
        await bench.WriteAsync(Ops.Aspect(id, "aspect"), LiveBench.Bob);
        Assert.Equal(LiveRefusals.Conflict, (await RefusalAsync(UndoAsync(bench))).Name);
    }

    [Fact]
    public async Task Redo_list_is_emptied_by_a_new_edit_of_the_same_user_only()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Rename(Ops.First, "a"), operationId: "a");
        await UndoAsync(bench);
        await bench.WriteAsync(Ops.Rename(Ops.Second, "b"), LiveBench.Bob);
        await RedoAsync(bench, target: "a");
        await UndoAsync(bench, target: "a");
        await bench.WriteAsync(Ops.Rename(Ops.Third, "new"));
        Assert.Equal(LiveRefusals.NothingToRedo, (await RefusalAsync(RedoAsync(bench))).Name);
        Assert.Equal(LiveRefusals.NothingToUndo, (await RefusalAsync(UndoAsync(bench, LiveBench.Bob, "a"))).Name);
    }

    [Fact]
    public async Task Undo_says_what_changed_and_reads_see_it()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        string before = await ReadAsync(bench, Ops.First), deleted = await ReadAsync(bench, Ops.Second);
        string id = (await bench.WriteAsync(Ops.Join(Ops.Insert("new"), Ops.Move(Ops.First, 33), Ops.Delete(Ops.Second)))).Result.Inserted[0]!;
        Assert.NotEqual(before, await ReadAsync(bench, Ops.First));
        string guid = (string)(await bench.FeedAsync())[0]["geometryGuids"]![0]!["guid"]!;
        JsonNode record = JsonNode.Parse((await UndoAsync(bench)).Record)!;
        Assert.True(record["geometry"]![0]?["updated"] is not null && record["elements"]!["deleted"] is not null, record.ToJsonString());
        Assert.Equal([id], Ids(record["elements"]!["deleted"]));
        Assert.Equal([Ops.First], Ids(record["elements"]!["updated"]));
        Assert.Equal([Ops.Second], Ids(record["elements"]!["inserted"]));
        JsonNode geometry = Assert.Single(record["geometry"]!.AsArray())!;
        Assert.Equal((Ops.Model, 1, 1, 1), ((string?)geometry["id"], Ids(geometry["inserted"]!["ids"]).Count, Ids(geometry["updated"]!["ids"]).Count, Ids(geometry["deleted"]).Count));
        Assert.NotEqual(guid, (string?)geometry["guid"]);
        Assert.Equal(before, await ReadAsync(bench, Ops.First));
        Assert.Equal(deleted, await ReadAsync(bench, Ops.Second));
        await Assert.ThrowsAsync<IModelException>(() => ReadAsync(bench, id));
    }

    private static Task<string> ReadAsync(LiveBench bench, string id) => bench.IModel.RunAsync(native =>
    {
        using NativeResult element = native.Elements.Get($$"""{"id":"{{id}}","wantGeometry":true}""");
        return element.GetText();
    });

    private static List<string> Ids(JsonNode? compressed) => CompressedId64Set.Decompress((string)compressed!, 100);
}
