using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

/// <summary>PostgreSQL goes away: calls fail clearly in bounded time, and go on without a restart once it is back.</summary>
[Collection(RealStoresCollection.Name)]
public sealed class OutageTests(RealStores stores) : IAsyncLifetime
{
    private const string Key = "edit.bim";

    private readonly TestFolder _folder = new();
    private PostgreSqlServer _server = null!;
    private TestSilo _a = null!, _b = null!;
    private OwnedIModel _owned = null!;
    private string _catalogPath = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync();
        var database = await _server.CreateDatabaseAsync();
        _a = TestSilo.Create("a", _folder, database, o => o.Patience = TimeSpan.FromSeconds(1));
        _b = TestSilo.Create("b", _folder, database);
        _catalogPath = _folder.CopyOf("edit.bim", "data/edit.bim");
        _owned = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        await _owned.CommitAsync(1, "before");
    }

    public async Task DisposeAsync()
    {
        await _owned.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AssertUnavailableAsync()
    {
        await _owned.Live.CommitAsync("meanwhile");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _owned.Journal.AppendAsync(OwnedIModel.Record(2), default));
        Assert.True(_owned.Journal.IsBehind);
        Assert.Equal(1, _owned.Journal.RecordedSequence);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _owned.Journal.SyncAsync(default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _a.Ownerships.RenewAsync(_owned.Ownership, default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _a.Ownerships.FindAsync(Key, "", default));
    }

    private async Task AssertRecoveredAsync()
    {
        await _owned.Journal.SyncAsync(default);
        Assert.Equal((false, 2), (_owned.Journal.IsBehind, _owned.Journal.RecordedSequence));
        await _owned.CommitAsync(3, "afterwards");
        await _a.Ownerships.RenewAsync(_owned.Ownership, default);
        await _owned.AbandonAsync();
        await using OwnedIModel successor = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
        Assert.Equal(["before", "meanwhile", "afterwards"], (await successor.Live.LabelsAsync())[^3..]);
    }

    [Fact]
    public async Task Server_that_is_down_is_said_and_its_return_is_enough()
    {
        await _server.StopAsync();
        await AssertUnavailableAsync();
        await _server.RestartAsync();
        await AssertRecoveredAsync();
    }

    [Fact]
    public async Task Server_that_hangs_is_said_and_its_return_is_enough()
    {
        await _server.SetPausedAsync(true);
        await AssertUnavailableAsync();
        await _server.SetPausedAsync(false);
        await AssertRecoveredAsync();
    }

    [Fact]
    public async Task Appends_over_many_crashes_of_the_server_are_there_once()
    {
        using var ended = new CancellationTokenSource();
        Task crashes = CrashAsync();
        long sequence = 1;
        while (!ended.IsCancellationRequested)
        {
            await _owned.Live.CommitAsync($"commit {++sequence}");
            Task append = _owned.Journal.AppendAsync(OwnedIModel.Record(sequence), default);
            while (await Record.ExceptionAsync(() => append) is { } error)
            {
                Assert.IsType<JournalUnavailableException>(error);
                append = _owned.Journal.SyncAsync(default);
            }
        }

        await crashes;
        await _owned.AbandonAsync();
        IReadOnlyList<CommitRecord> records = await _b.Feed.ReadAsync(Key, 0, int.MaxValue, default);
        Assert.Equal(Enumerable.Range(1, (int)sequence), records.Select(r => (int)r.Sequence));
        await using OwnedIModel successor = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
        Assert.Equal(Enumerable.Range(2, (int)sequence - 1).Select(i => $"commit {i}"), (await successor.Live.LabelsAsync())[^(int)(sequence - 1)..]);

        async Task CrashAsync()
        {
            for (var i = 0; i < 5; i++)
            {
                await _server.StopAsync();
                await _server.RestartAsync();
            }

            await ended.CancelAsync();
        }
    }
}
