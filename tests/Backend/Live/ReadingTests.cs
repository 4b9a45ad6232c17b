using System.Text.Json.Nodes;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Tiles;
using ITwinOrleans.Native.Values;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class ReadingTests(BackendFixture fixture)
{
    private const string Tree = "25_1d-E:0_0x1e";

    [Fact]
    public async Task Query_after_a_commit_sees_it_and_before_does_not_see_half_of_it()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Assert.Equal(0, await CountAsync(bench.IModel, "q"));
        string many = Ops.Join(Enumerable.Repeat(Ops.Insert("q"), 2000));
        Task write = bench.WriteAsync(many);
        var seen = new HashSet<int>();
        while (!write.IsCompleted)
            seen.Add(await CountAsync(bench.IModel, "q"));
        await write;
        Assert.Equal(2000, await CountAsync(bench.IModel, "q"));
        Assert.All(seen, static count => Assert.Contains(count, (int[])[0, 2000]));
    }

    [Fact]
    public async Task Other_iModels_go_on_while_a_long_transaction_is_written()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        Task write = bench.WriteAsync(Ops.Join(Enumerable.Repeat(Ops.Insert("long"), 5000)));
        int answered = 0;
        for (; !write.IsCompleted; answered++)
            await fixture.IModel("test.bim").RunAsync(static native => native.IModelId);
        await write;
        Assert.True(answered > 2, $"{answered} reads of another iModel were answered meanwhile");
    }

    [Fact]
    public async Task Tiles_after_a_commit_show_the_new_geometry()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        IModelDb iModel = bench.IModel;
        string before = await ReadTreeAsync(iModel);
        byte[] content = await ReadTileAsync(iModel);
        byte[] record = (await bench.WriteAsync(Ops.Join(Ops.Move(Ops.First, 60), Ops.Insert("far", x: 90)))).Record!;
        string after = await ReadTreeAsync(iModel);
        Assert.NotEqual(JsonNode.Parse(before)!["contentRange"]!.ToJsonString(), JsonNode.Parse(after)!["contentRange"]!.ToJsonString());
        Assert.Equal((string?)JsonNode.Parse(record)!["geometryGuids"]![0]!["guid"], (string?)JsonNode.Parse(after)!["geometryGuid"]);
        Assert.NotEqual(content, await ReadTileAsync(iModel));
    }

    [Fact]
    public async Task Tiles_are_made_while_others_write()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        IModelDb iModel = bench.IModel;
        Task reads = Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            await ReadTreeAsync(iModel);
            await ReadTileAsync(iModel);
        }));
        for (int i = 0; i < 40 || !reads.IsCompleted; i++)
            await bench.WriteAsync(Ops.Move(Ops.First, i));
        await reads;
        Assert.NotEmpty(await ReadTileAsync(iModel));
    }

    [Fact]
    public async Task Connection_props_have_a_new_name_of_the_root_subject()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync("""[{"action":"update","entity":"element","props":{"id":"0x1","description":"renamed root"} }]""");
        Assert.Equal("renamed root", (string?)JsonNode.Parse(bench.IModel.Connection.Json.Span)!["rootSubject"]!["description"]);
    }

    private static Task<string> ReadTreeAsync(IModelDb iModel) => TextAsync(TileService.ReadTreeAsync(iModel, Tree, CancellationToken.None));

    private static async Task<string> TextAsync(Task<byte[]> json) => System.Text.Encoding.UTF8.GetString(await json);

    private static async Task<byte[]> ReadTileAsync(IModelDb iModel)
    {
        using NativeResult tile = await TileService.ReadContentAsync(iModel, Tree, "-b-0-0-0-0-1", CancellationToken.None);
        return tile.Utf8.ToArray();
    }

    private static async Task<int> CountAsync(IModelDb iModel, string label)
    {
        string request = $$"""{"query":"SELECT COUNT(*) FROM bis.Element WHERE UserLabel='{{label}}'","kind":1,"valueFormat":0}""";
        using NativeResult answer = await iModel.StartAsync(native => native.Queries.ExecuteAsync(request));
        return (int)(double)JsonNode.Parse(answer.Utf8.Span)!["data"]![0]![0]!;
    }
}
