using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

[Collection(RealStoresCollection.Name)]
public sealed class OwnershipTests(RealStores stores) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestSilo _a = null!, _b = null!;

    public async Task InitializeAsync()
    {
        var database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", _folder, database), TestSilo.Create("b", _folder, database));
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TakeAsync_gives_the_next_epoch_and_FindAsync_says_who_has_it()
    {
        Assert.Null(await _a.Ownerships.FindAsync("x.bim", "", default));
        Ownership first = await _a.TakeAsync("x.bim"), second = await _b.TakeAsync("x.bim");
        Assert.Equal((1, 2), (first.Epoch, second.Epoch));
        OwnershipState found = (await _a.Ownerships.FindAsync("x.bim", "", default))!;
        Assert.Equal((2, "b", false), (found.Epoch, found.Owner.Name, found.Released));
    }

    [Fact]
    public async Task TakeAsync_is_greater_than_the_epochs_that_the_file_knows()
    {
        Ownership taken = await _a.Ownerships.TakeAsync(_a.Request("x.bim", "", 0) with { AtLeast = 41 }, default);
        Assert.Equal(42, taken.Epoch);
        Assert.Equal(43, (await _a.Ownerships.TakeAsync(_a.Request("x.bim", "", 42) with { AtLeast = 7 }, default)).Epoch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task TakeAsync_with_another_epoch_than_the_store_has_is_refused_and_names_the_owner(long expected)
    {
        await _a.TakeAsync("x.bim");
        await _a.TakeAsync("x.bim");
        var refused = await Assert.ThrowsAsync<OwnershipTakenException>(() => _b.Ownerships.TakeAsync(_b.Request("x.bim", "", expected), default));
        Assert.Equal((2, "a"), (refused.Holder!.Epoch, refused.Holder.Owner.Name));
    }

    [Fact]
    public async Task TakeAsync_that_expects_an_epoch_of_an_iModel_that_the_database_lost_is_refused() =>
        Assert.Null((await Assert.ThrowsAsync<OwnershipTakenException>(() => _a.Ownerships.TakeAsync(_a.Request("x.bim", "", 5), default))).Holder);

    [Fact]
    public async Task Two_owners_that_race_for_one_iModel_a_thousand_times_have_one_winner_each_time()
    {
        for (long epoch = 0; epoch < 1000; epoch++)
        {
            using var start = new Barrier(2);
            Ownership?[] outcome = await Task.WhenAll(Race(_a, epoch, start), Race(_b, epoch, start));
            Ownership winner = Assert.Single(outcome.OfType<Ownership>());
            Assert.Equal(epoch + 1, winner.Epoch);
        }

        static Task<Ownership?> Race(TestSilo silo, long epoch, Barrier start) => Task.Run(async () =>
        {
            start.SignalAndWait();
            try
            {
                return await silo.Ownerships.TakeAsync(silo.Request("raced.bim", "", epoch), default);
            }
            catch (OwnershipTakenException)
            {
                return null;
            }
        });
    }

    [Fact]
    public async Task RenewAsync_and_ReleaseAsync_are_for_the_owner_only()
    {
        Ownership stale = await _a.TakeAsync("x.bim"), current = await _b.TakeAsync("x.bim");
        Assert.Equal(2, (await Assert.ThrowsAsync<StaleEpochException>(() => _a.Ownerships.RenewAsync(stale, default))).Current);
        await Assert.ThrowsAsync<StaleEpochException>(() => _a.Ownerships.ReleaseAsync(stale, default));
        await _b.Ownerships.RenewAsync(current, default);
        await _b.Ownerships.ReleaseAsync(current, default);
        await _b.Ownerships.ReleaseAsync(current, default);
        Assert.True((await _a.Ownerships.FindAsync("x.bim", "", default))!.Released);
        await Assert.ThrowsAsync<StaleEpochException>(() => _b.Ownerships.RenewAsync(current, default));
        Assert.Equal(3, (await _a.TakeAsync("x.bim")).Epoch);
    }
}
