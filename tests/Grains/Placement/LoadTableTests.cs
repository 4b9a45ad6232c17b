using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Tests.Placement;

public sealed class LoadTableTests
{
    private readonly ManualTime _time = new();
    private readonly LoadTable _table;

    public LoadTableTests() => _table = new LoadTable(Options.Create(new BalanceOptions { LoadAge = TimeSpan.FromSeconds(5) }), _time);

    [Fact]
    public void Look_a_load_is_fresh_until_its_age()
    {
        _table.Set(Load("a"));
        Assert.True(Look("a").IsFresh);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((false, "a"), (Look("a").IsFresh, Look("a").Load?.Silo));
        _table.Set(Load("a"));
        Assert.True(Look("a").IsFresh);
    }

    [Fact]
    public void Look_what_was_placed_counts_until_the_silo_tells_its_load()
    {
        _table.Place("a");
        _table.Place("a");
        Assert.Equal((2, null), (Look("a").Coming, Look("a").Load));
        _table.Set(Load("a"));
        Assert.Equal(0, Look("a").Coming);
    }

    [Fact]
    public void Look_silos_that_are_gone_are_forgotten()
    {
        _table.Set(Load("a"));
        Look("b");
        Assert.Null(Look("a").Load);
    }

    private SiloCandidate Look(string silo) => Assert.Single(_table.Look([silo]));

    private static SiloLoad Load(string silo) => new(silo, false, 1, 64, 0, 0, 0, 0, []);
}
