using ITwinOrleans.Grains.Balance;

namespace ITwinOrleans.Grains.Tests.Placement;

public sealed class SiloChooserTests
{
    [Fact]
    public void Choose_takes_the_silo_with_most_free_capacity() =>
        Assert.Equal("b", Choose(Silo("a", open: 10), Silo("b", open: 3), Silo("c", open: 4)));

    [Fact]
    public void Choose_counts_what_was_put_there_since_the_load_was_told() =>
        Assert.Equal("c", Choose(Silo("b", open: 3, coming: 2), Silo("c", open: 4)));

    [Fact]
    public void Choose_capacity_is_a_part_of_what_the_silo_may_have() =>
        Assert.Equal("large", Choose(Silo("small", open: 8, max: 10), Silo("large", open: 20, max: 100)));

    [Fact]
    public void Choose_little_free_memory_weighs_like_open_iModels() =>
        Assert.Equal("b", Choose(Silo("a", open: 3, memory: 0.8), Silo("b", open: 10, memory: 0.3)));

    [Theory]
    [InlineData(64, 0.1)] // all that it may have are open
    [InlineData(0, 0.95)] // its memory is nearly used up
    public void Choose_a_silo_without_room_comes_after_one_with_room(int open, double memory) =>
        Assert.Equal("b", Choose(Silo("a", open, memory: memory), Silo("b", open: 60, memory: 0.7)));

    [Fact]
    public void Choose_all_are_full_one_is_chosen_which_then_makes_room() =>
        Assert.Equal("b", Choose(Silo("a", open: 64, coming: 3), Silo("b", open: 64)));

    [Fact]
    public void Choose_a_silo_that_had_the_file_wins_against_one_that_is_a_little_emptier()
    {
        Assert.Equal("a", Choose(Silo("a", open: 5, warm: "x.bim"), Silo("b", open: 4)));
        Assert.Equal("b", Choose(Silo("a", open: 5, warm: "other.bim"), Silo("b", open: 4)));
        Assert.Equal("b", Choose(Silo("a", open: 9, warm: "x.bim"), Silo("b", open: 4)));
    }

    [Fact]
    public void Choose_a_silo_that_goes_down_never()
    {
        Assert.Equal("b", Choose(Silo("a", leaving: true), Silo("b", open: 64, memory: 0.99)));
        Assert.Null(Choose(Silo("a", leaving: true)));
        Assert.Null(Choose());
    }

    [Fact]
    public void Choose_a_silo_that_fell_silent_comes_last() =>
        Assert.Equal("b", Choose(Silo("a", fresh: false), Silo("b", open: 64)));

    [Fact]
    public void Choose_a_silo_that_said_nothing_yet_counts_as_an_average_one()
    {
        var joined = new SiloCandidate("joined", null, IsFresh: false, Coming: 0);
        Assert.Equal("a", Choose(Silo("a", open: 2), Silo("b", open: 6), joined));
        Assert.Equal("joined", Choose(Silo("a", open: 2, coming: 5), Silo("b", open: 6), joined));
        Assert.Equal("b", Choose(Silo("b", open: 5), joined with { Coming = 1 }));
    }

    [Fact]
    public void Choose_nothing_is_known_of_anybody_keys_spread_evenly()
    {
        SiloCandidate[] silos = [.. "abc".Select(c => new SiloCandidate($"127.0.0.1:1111{c}@1", null, IsFresh: false, Coming: 0))];
        var counts = Enumerable.Range(0, 3000).GroupBy(i => SiloChooser.Choose($"plants/{i}.bim", silos)).Select(g => g.Count()).ToArray();
        Assert.Equal(3, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 800, 1200));
    }

    private static string? Choose(params SiloCandidate[] candidates) => SiloChooser.Choose("x.bim", candidates);

    private static SiloCandidate Silo(
        string name, int open = 0, int max = 64, double memory = 0.2, bool leaving = false, bool fresh = true, int coming = 0, string? warm = null) =>
        new(name, new SiloLoad(name, leaving, open, max, (long)(memory * 1000), 1000, 0, 0, warm is null ? [] : [warm]), fresh, coming);
}
