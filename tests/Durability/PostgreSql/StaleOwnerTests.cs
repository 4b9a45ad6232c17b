using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

/// <summary>An owner that was paused and wakes when its successor has taken over: nothing that it tries is written.</summary>
[Collection(RealStoresCollection.Name)]
public sealed class StaleOwnerTests(RealStores stores) : IAsyncLifetime
{
    private const string Key = "edit.bim";

    private readonly TestFolder _folder = new();
    private TestSilo _a = null!, _b = null!;
    private OwnedIModel _stale = null!, _successor = null!;
    private string _catalogPath = null!;

    public async Task InitializeAsync()
    {
        var database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", _folder, database), TestSilo.Create("b", _folder, database));
        _catalogPath = _folder.CopyOf("edit.bim", "data/edit.bim");
        _stale = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        await _stale.CommitAsync(1, "of both");
        _successor = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
    }

    public async Task DisposeAsync()
    {
        await _stale.DisposeAsync();
        await _successor.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    private Ownership Old => _stale.Ownership;

    private string[] StoredFiles() => Directory.GetFiles(_folder["shared"], "*", SearchOption.AllDirectories);

    /// <summary>Whatever was tried: the successor's history is the only one, and it goes on.</summary>
    private async Task AssertNothingChangedAsync(string[] storedFiles)
    {
        Assert.Equal(storedFiles, StoredFiles());
        await _successor.CommitAsync(2, "of the successor");
        await _successor.AbandonAsync();
        await using OwnedIModel third = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        Assert.Equal(["of both", "of the successor"], (await third.Live.LabelsAsync())[^2..]);
        Assert.Equal((3, 2), (third.Ownership.Epoch, third.Journal.RecordedSequence));
    }

    private async Task RefusedAsync(Func<Task> attempt)
    {
        var files = StoredFiles();
        var refused = await Assert.ThrowsAsync<StaleEpochException>(attempt);
        Assert.Equal((1, 2), (refused.Epoch, refused.Current));
        await AssertNothingChangedAsync(files);
    }

    [Fact]
    public Task Append_is_refused_also_when_it_is_repeated() => RefusedAsync(async () =>
    {
        await _stale.Live.CommitAsync("of the stale owner");
        await Assert.ThrowsAsync<StaleEpochException>(() => _stale.Journal.AppendAsync(OwnedIModel.Record(2), default));
        await _stale.Journal.AppendAsync(OwnedIModel.Record(3), default);
    });

    [Fact]
    public Task Append_of_a_commit_of_many_pages_is_refused() => RefusedAsync(async () =>
    {
        await _stale.Live.CommitAsync(Enumerable.Range(0, 12_000).Select(i => $"{i} {new string('x', 200)}"));
        await _stale.Journal.AppendAsync(OwnedIModel.Record(2), default);
    });

    [Fact]
    public Task Append_of_a_record_without_pages_is_refused() => RefusedAsync(() => _stale.Journal.AppendAsync(OwnedIModel.Record(2), default));

    [Fact]
    public Task Sync_is_refused() => RefusedAsync(async () =>
    {
        await _stale.Live.CommitAsync("of the stale owner");
        await _stale.Journal.SyncAsync(default);
    });

    [Fact]
    public Task Compaction_is_refused() => RefusedAsync(() => _stale.Journal.CompactAsync(_stale.Live.CheckpointAsync, default));

    [Fact]
    public async Task Base_that_is_stored_when_the_successor_takes_over_is_refused_and_removed()
    {
        // Epoch 3 is taken by the first silo, and it is the third owner that is overtaken, in the middle of a compaction.
        await using OwnedIModel third = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        var files = StoredFiles();
        Ownership? fourth = null;
        var refused = await Assert.ThrowsAsync<StaleEpochException>(() => third.Journal.CompactAsync(
            async limit =>
            {
                await third.Live.CheckpointAsync(limit);
                fourth = await _b.TakeAsync(Key, _catalogPath);
            },
            default));
        Assert.Equal((3, 4), (refused.Epoch, refused.Current));
        Assert.Equal(files, StoredFiles());
        Assert.Equal(
            await third.Live.LabelsAsync(), await LiveIModel.LabelsAsync(stores.Engine, await _b.LiveFiles.PrepareAsync(fourth!, default)));
    }

    [Fact]
    public Task Publishing_a_version_is_refused_and_leaves_no_file() => RefusedAsync(() => _a.Published.PublishAsync(Old, "versions/1.bim", _catalogPath, default));

    [Fact]
    public Task Renewing_is_refused() => RefusedAsync(() => _a.Ownerships.RenewAsync(Old, default));

    [Fact]
    public Task Releasing_is_refused() => RefusedAsync(() => _a.Ownerships.ReleaseAsync(Old, default));

    [Fact]
    public Task Restoring_is_refused() => RefusedAsync(() => _a.LiveFiles.PrepareAsync(Old, default));

    [Fact]
    public Task Opening_the_journal_is_refused() => RefusedAsync(() => _a.Journals.OpenAsync(Old, _catalogPath, default));

    [Fact]
    public async Task Owner_that_released_writes_no_more()
    {
        await _b.Ownerships.ReleaseAsync(_successor.Ownership, default);
        await _successor.Live.CommitAsync("after the release");
        await Assert.ThrowsAsync<StaleEpochException>(() => _successor.Journal.AppendAsync(OwnedIModel.Record(2), default));
        await using OwnedIModel third = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        Assert.Equal("of both", (await third.Live.LabelsAsync())[^1]);
    }
}
