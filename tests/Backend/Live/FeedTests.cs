using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class FeedTests(BackendFixture fixture)
{
    [Fact]
    public async Task Feed_goes_on_without_a_gap_across_openings_and_epochs()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("1"));
        await bench.WriteAsync(Ops.Insert("2"));
        await bench.ReopenAsync();
        Assert.Equal(new LiveState(1, 2), bench.Live.State);
        await bench.WriteAsync(Ops.Insert("3"));
        Assert.Equal([(1, 1), (1, 2), (2, 3)], (await bench.FeedAsync()).Select(static record => ((int)record["epoch"]!, (int)record["sequence"]!)));
        Assert.Equal([3], (await bench.FeedAsync(new LiveState(1, 2))).Select(static record => (int)record["sequence"]!));
        Assert.Empty(await bench.FeedAsync(new LiveState(2, 3)));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(7, 2)]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    public async Task Feed_after_a_state_that_is_not_in_the_history_asks_to_reload(long epoch, long sequence)
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("1"));
        await bench.WriteAsync(Ops.Insert("2"));
        FeedPage page = await bench.Live.ReadFeedAsync(new LiveState(epoch, sequence), 10, 1000, CancellationToken.None);
        Assert.NotNull(page.Head.Reload);
        Assert.Equal(new LiveState(1, 2), page.Head.Head);
        Assert.Empty(page.Records);
    }

    [Fact]
    public async Task Feed_is_read_in_pages_by_number_and_by_bytes()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        for (int i = 0; i < 5; i++)
            await bench.WriteAsync(Ops.Insert("x"));
        Assert.Equal(2, (await bench.Live.ReadFeedAsync(default, 2, long.MaxValue, CancellationToken.None)).Records.Count);
        FeedPage page = await bench.Live.ReadFeedAsync(default, 100, 1, CancellationToken.None);
        Assert.Equal(1, (int)JsonNode.Parse(Assert.Single(page.Records).Span)!["sequence"]!);
    }

    [Fact]
    public async Task Feed_forgets_old_commits_but_never_the_newest()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture, options: new BackendOptions { Live = new LiveOptions { KeepCommits = 10 } });
        for (int i = 0; i < 64; i++)
            await bench.WriteAsync(Ops.Rename(Ops.First, $"{i}"));
        Assert.NotNull((await bench.Live.ReadFeedAsync(new LiveState(1, 20), 10, 1000, CancellationToken.None)).Head.Reload);
        Assert.Equal(9, (await bench.FeedAsync(new LiveState(1, 55))).Count);
    }

    [Fact]
    public async Task History_gives_the_newest_first_without_lists_and_by_user()
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        await bench.WriteAsync(Ops.Insert("1"), LiveBench.Ann);
        await bench.WriteAsync(Ops.Insert("2"), LiveBench.Bob);
        await bench.WriteAsync(Ops.Insert("3"), LiveBench.Ann);
        JsonArray all = JsonNode.Parse(await bench.Live.ReadHistoryAsync(null, null, 10, CancellationToken.None))!.AsArray();
        Assert.Equal([3, 2, 1], all.Select(static one => (int)one!["sequence"]!));
        Assert.Null(all[0]!["elements"]);
        Assert.Equal(1, (int)all[0]!["changed"]!);
        JsonArray mine = JsonNode.Parse(await bench.Live.ReadHistoryAsync(3, "ann", 10, CancellationToken.None))!.AsArray();
        Assert.Equal([1], mine.Select(static one => (int)one!["sequence"]!));
    }
}
