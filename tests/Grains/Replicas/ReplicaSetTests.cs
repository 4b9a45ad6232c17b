using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Replicas;
using ITwinOrleans.Grains.Tests.Fixtures;

namespace ITwinOrleans.Grains.Tests.Replicas;

public sealed class ReplicaSetTests
{
    private static readonly SiloCandidate[] Two = [Silo("a", open: 1), Silo("b", open: 2)];

    private readonly ManualTime _time = new();
    private readonly List<string> _prepared = [];
    private Task<bool> _outcome = Task.FromResult(true);

    [Fact]
    public async Task Look_hot_one_silo_after_the_other_is_prepared_and_named()
    {
        var set = Set();
        Assert.Empty(set.Look(isHot: true, Two));
        await NamedAsync(set, ["a"]);
        Assert.Equal(["a"], set.Look(isHot: true, Two));
        await NamedAsync(set, ["a", "b"]);
        Assert.Equal(["a", "b"], set.Look(isHot: true, Two));
        Assert.Equal(["a", "b"], _prepared);
    }

    [Fact]
    public void Look_not_hot_nothing_is_prepared()
    {
        Assert.Empty(Set().Look(isHot: false, Two));
        Assert.Empty(_prepared);
    }

    [Fact]
    public void Look_one_is_being_prepared_no_other_is()
    {
        var outcome = new TaskCompletionSource<bool>();
        _outcome = outcome.Task;
        var set = Set();
        set.Look(isHot: true, Two);
        set.Look(isHot: true, Two);
        Assert.Equal(["a"], _prepared);
        outcome.SetResult(true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_a_silo_that_cannot_serve_it_is_not_named_and_tried_again(bool throws)
    {
        _outcome = throws ? Task.FromException<bool>(new InvalidOperationException()) : Task.FromResult(false);
        var set = Set();
        set.Look(isHot: true, Two);
        await Waiting.Until(() => set.Look(isHot: true, Two).Count == 0 && _prepared.Count == 2, "the second try");
        _outcome = Task.FromResult(true);
        await Waiting.Until(() => set.Look(isHot: true, Two) is ["a"] or ["a", ..], "the third try");
    }

    [Fact]
    public void Look_silos_without_room_leaving_or_silent_are_left_out()
    {
        Set().Look(isHot: true, [Silo("full", open: 64), Silo("leaving", leaving: true), Silo("silent", fresh: false), new SiloCandidate("new", null, IsFresh: false, Coming: 0)]);
        Assert.Empty(_prepared);
    }

    [Fact]
    public async Task Look_a_silo_that_leaves_or_is_gone_is_not_named_any_more()
    {
        var set = Set();
        set.Look(isHot: true, Two);
        await NamedAsync(set, ["a"]);
        Assert.Empty(set.Look(isHot: false, [Silo("a", leaving: true), Silo("b")]));
        set.Look(isHot: true, Two);
        await NamedAsync(set, ["a"]);
        Assert.Empty(set.Look(isHot: false, [Silo("b")]));
    }

    [Fact]
    public async Task Look_nobody_asked_for_a_minute_they_are_forgotten()
    {
        var set = Set();
        set.Look(isHot: true, Two);
        await NamedAsync(set, ["a"]);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(["a"], set.Look(isHot: false, Two));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Empty(set.Look(isHot: false, Two));
    }

    private static SiloCandidate Silo(string name, int open = 0, bool leaving = false, bool fresh = true) =>
        new(name, new SiloLoad(name, leaving, open, 64, 1, 100, 0, 0, []), fresh, Coming: 0);

    private static Task NamedAsync(ReplicaSet set, string[] silos) => Waiting.Until(() => set.Look(isHot: false, Two).SequenceEqual(silos), string.Join(" and ", silos));

    private ReplicaSet Set() => new("x.bim", silo =>
    {
        _prepared.Add(silo);
        return _outcome;
    }, _time);
}
