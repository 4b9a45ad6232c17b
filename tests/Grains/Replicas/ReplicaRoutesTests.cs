using ITwinOrleans.Grains.Replicas;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Replicas;

public sealed class ReplicaRoutesTests
{
    private readonly ManualTime _time = new();
    private readonly ReplicaRoutes _routes;

    public ReplicaRoutesTests() => _routes = new ReplicaRoutes(_time);

    [Fact]
    public void Enter_nothing_is_known_the_owner_takes_it() => Assert.Equal((null, false), _routes.Enter("x.bim", "a"));

    [Fact]
    public void Enter_many_at_once_the_owner_is_asked_once_a_second()
    {
        Assert.Equal([9], Enumerable.Range(1, 20).Where(_ => _routes.Enter("x.bim", "a").Ask));
        Assert.False(_routes.Enter("other.bim", "a").Ask);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_routes.Enter("x.bim", "a").Ask);
        for (var i = 0; i < 21; i++)
            _routes.Leave("x.bim");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_routes.Enter("x.bim", "a").Ask);
    }

    [Fact]
    public void Enter_frontends_spread_over_the_owner_and_the_replicas_and_each_stays_where_it_is()
    {
        _routes.Enter("x.bim", "");
        _routes.Set("x.bim", ["b", "c"]);
        string[] frontends = [.. Enumerable.Range(0, 300).Select(i => $"frontend {i}")];
        string?[] first = [.. frontends.Select(frontend => _routes.Enter("x.bim", frontend).Silo)];
        Assert.Equal(first, frontends.Select(frontend => _routes.Enter("x.bim", frontend).Silo));
        Assert.All(new[] { null, "b", "c" }, silo => Assert.InRange(first.Count(f => f == silo), 50, 150));
    }

    [Fact]
    public void Enter_a_silo_comes_frontends_move_to_it_only()
    {
        string[] frontends = [.. Enumerable.Range(0, 300).Select(i => $"frontend {i}")];
        _routes.Enter("x.bim", "");
        _routes.Set("x.bim", ["b"]);
        string?[] before = [.. frontends.Select(frontend => _routes.Enter("x.bim", frontend).Silo)];
        _routes.Set("x.bim", ["b", "c"]);
        string?[] moved = [.. frontends.Select(frontend => _routes.Enter("x.bim", frontend).Silo).Where((silo, i) => silo != before[i])];
        Assert.InRange(moved.Length, 50, 150);
        Assert.All(moved, silo => Assert.Equal("c", silo));
    }

    [Fact]
    public void Enter_the_owner_was_not_asked_for_a_while_it_takes_all()
    {
        _routes.Enter("x.bim", "");
        _routes.Set("x.bim", ["b"]);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Contains("b", Targets());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain("b", Targets());
    }

    [Fact]
    public void Drop_that_silo_is_asked_no_more()
    {
        _routes.Enter("x.bim", "");
        _routes.Set("x.bim", ["b", "c"]);
        _routes.Drop("x.bim", "b");
        Assert.Equal([null, "c"], Targets().Distinct().Order());
        _routes.DropAll();
        Assert.Equal([null], Targets().Distinct());
    }

    private IEnumerable<string?> Targets()
    {
        foreach (var i in Enumerable.Range(0, 50))
        {
            yield return _routes.Enter("x.bim", $"frontend {i}").Silo;
            _routes.Leave("x.bim");
        }
    }
}
