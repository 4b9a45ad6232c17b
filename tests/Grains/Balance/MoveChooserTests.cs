using ITwinOrleans.Grains.Balance;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Tests.Balance;

public sealed class MoveChooserTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly ManualTime _time = new();
    private readonly BalanceOptions _options = new() { Threshold = 3, Rest = TimeSpan.FromMinutes(5) };
    private readonly MoveChooser _chooser;

    public MoveChooserTests() => _chooser = new MoveChooser(Options.Create(_options), _time);

    [Fact]
    public void Choose_a_silo_joins_iModels_move_to_it_one_by_one_until_they_differ_by_one()
    {
        var (old, joined) = (Enumerable.Range(0, 7).Select(i => IModel($"{i}")).ToList(), new List<IModelStatus>());
        var moves = 0;
        while (_chooser.Choose([Silo("old", [.. old]), Silo("joined", [.. joined])]) is { } move)
        {
            Assert.Equal(("old", "joined"), (move.From, move.To));
            var moved = old.Single(m => m.Key == move.Key);
            old.Remove(moved);
            joined.Add(moved);
            moves++;
        }

        Assert.Equal((3, 4, 3), (moves, old.Count, joined.Count));
    }

    [Fact]
    public void Forget_a_move_that_was_not_begun_is_chosen_again()
    {
        SiloIModels[] silos = [Silo("a", IModel("0"), IModel("1"), IModel("2")), Silo("b")];
        Move first = _chooser.Choose(silos)!;
        _chooser.Forget(first);
        Assert.Equal(first, _chooser.Choose(silos));
    }

    [Fact]
    public void Forget_moves_that_were_refused_because_the_iModel_was_busy_by_then_the_fourth_is_made_even_so()
    {
        SiloIModels[] silos = [Silo("a", IModel("0"), IModel("1"), IModel("2")), Silo("b")];
        for (var look = 1; look <= 3; look++)
        {
            Move refused = _chooser.Choose(silos)!;
            Assert.False(refused.EvenBusy);
            _chooser.Forget(refused);
        }

        Assert.True(_chooser.Choose(silos)!.EvenBusy);
        Assert.False(_chooser.Choose(silos)!.EvenBusy);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "0")]
    public void Choose_less_than_the_threshold_apart_nothing_moves(int more, string? moved) =>
        Assert.Equal(moved, _chooser.Choose([Silo("a", [.. Enumerable.Range(0, more).Select(i => IModel($"{i}"))]), Silo("b")])?.Key);

    [Fact]
    public void Choose_quiet_iModels_first_then_those_not_called_for_longest()
    {
        List<IModelStatus> iModels =
        [
            IModel("used lately", lastUsed: 9, sessions: 1), IModel("edited long ago", lastUsed: 1, people: 1), IModel("used long ago", lastUsed: 2, sessions: 1),
            IModel("quiet lately", lastUsed: 8), IModel("quiet for long", lastUsed: 3),
        ];
        List<string?> order = [];
        for (var i = 0; i < 5; i++)
            order.Add(_chooser.Choose([Silo("a", [.. iModels]), Silo("b")])?.Key);
        Assert.Equal(["quiet for long", "quiet lately", "edited long ago", "used long ago", "used lately"], order);
    }

    [Fact]
    public void Choose_never_one_that_is_not_open()
    {
        IModelStatus[] iModels = [IModel("d") with { State = IModelState.Opening }, IModel("e") with { State = IModelState.Closing }, IModel("f") with { State = IModelState.Closed }];
        Assert.Null(_chooser.Choose([Silo("a", iModels), Silo("b")]));
        Assert.Equal("g", _chooser.Choose([Silo("a", [.. iModels, IModel("g")]), Silo("b")])?.Key);
    }

    [Fact]
    public void Choose_one_that_runs_a_call_or_a_write_only_when_all_did_at_four_looks_in_a_row()
    {
        SiloIModels[] busy = [Silo("a", IModel("a") with { CallsInFlight = 1 }, IModel("b") with { CallsQueued = 1 }, IModel("c", lastUsed: 1) with { IsWriting = true }, IModel("d") with { IsWriting = true }), Silo("b")];
        for (var look = 1; look <= 3; look++)
            Assert.Null(_chooser.Choose(busy));
        Assert.Equal(new Move("quiet", "a", "b", EvenBusy: true), _chooser.Choose([Silo("a", [.. busy[0].IModels, IModel("quiet")]), Silo("b")]));
        for (var look = 1; look <= 3; look++)
            Assert.Null(_chooser.Choose(busy));
        Assert.Equal(new Move("c", "a", "b", EvenBusy: true), _chooser.Choose(busy));
    }

    [Fact]
    public void Choose_what_moved_rests()
    {
        SiloIModels[] silos = [Silo("a", IModel("x") with { LastUsed = Start }, IModel("y"), IModel("z")), Silo("b")];
        Assert.Equal("x", _chooser.Choose(silos)?.Key);
        Assert.NotEqual("x", _chooser.Choose(silos)?.Key);
        _time.Advance(_options.Rest);
        Assert.Equal("x", _chooser.Choose(silos)?.Key);
    }

    [Fact]
    public void Choose_not_from_or_to_a_silo_that_goes_down_nor_to_one_without_room()
    {
        var full = Silo("a", [.. Enumerable.Range(0, 8).Select(i => IModel($"{i}"))]);
        static SiloIModels With(SiloIModels silo, Func<SiloLoad, SiloLoad> change) => silo with { Load = change(silo.Load) };
        Assert.Null(_chooser.Choose([full, With(Silo("b"), l => l with { IsLeaving = true })]));
        Assert.Null(_chooser.Choose([full, With(Silo("b"), l => l with { MemoryBytes = 95 })]));
        Assert.Null(_chooser.Choose([full, With(Silo("b"), l => l with { MaxOpenIModels = 0 })]));
        Assert.Null(_chooser.Choose([With(full, l => l with { IsLeaving = true }), Silo("b")]));
        Assert.NotNull(_chooser.Choose([full, Silo("b")]));
    }

    [Fact]
    public void Choose_alone_nothing_moves()
    {
        Assert.Null(_chooser.Choose([]));
        Assert.Null(_chooser.Choose([Silo("a", [.. Enumerable.Range(0, 8).Select(i => IModel($"{i}"))])]));
    }

    private static SiloIModels Silo(string name, params IModelStatus[] iModels) =>
        new(new SiloLoad(name, false, iModels.Length, 64, 20, 100, 0, 0, []), iModels);

    private static IModelStatus IModel(string key, int lastUsed = 5, int sessions = 0, int people = 0) => new(
        key, IModelState.Open, "w", 1, 0, 0, Start.AddMinutes(lastUsed), [.. Enumerable.Range(0, sessions).Select(i => new SessionInfo($"{i}", "", "", Start, Start, 1))])
    {
        People = people,
    };
}
