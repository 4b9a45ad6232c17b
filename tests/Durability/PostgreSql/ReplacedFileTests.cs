using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

/// <summary>The statements of <c>docs/operations.md</c> that let the file of an edited iModel be replaced: the new file's history begins, and owners of the old one write nothing into it.</summary>
[Collection(RealStoresCollection.Name)]
public sealed class ReplacedFileTests(RealStores stores) : IAsyncLifetime
{
    private const string Key = "plants/a.bim";

    private readonly TestFolder _folder = new();
    private string _database = null!, _catalogPath = null!;
    private TestSilo _a = null!, _b = null!;
    private OwnedIModel _old = null!;

    public async Task InitializeAsync()
    {
        _database = await stores.Server.CreateDatabaseAsync();
        (_a, _b) = (TestSilo.Create("a", _folder, _database), TestSilo.Create("b", _folder, _database));
        _catalogPath = _folder.CopyOf("edit.bim", "data/edit.bim");
        _old = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        await _old.CommitAsync(1, "of the old file");
        await _a.Published.PublishAsync(_old.Ownership, "versions/1.bim", _catalogPath, default);
    }

    public async Task DisposeAsync()
    {
        await _old.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task New_file_is_what_is_opened_and_edited()
    {
        await _old.AbandonAsync();
        Assert.True(await _b.LiveFiles.IsElsewhereAsync(Key, default));
        await ForgetAsync();

        // Until somebody edits it, it is read where the catalogue has it.
        Assert.False(await _b.LiveFiles.IsElsewhereAsync(Key, default));
        await using (OwnedIModel renewed = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath))
        {
            Assert.DoesNotContain("of the old file", await renewed.Live.LabelsAsync());
            await renewed.CommitAsync(1, "of the new file");
        }

        Assert.Empty(await _b.Published.ListAsync(Key, default));
        await using OwnedIModel next = await OwnedIModel.OpenAsync(_a, stores.Engine, Key, _catalogPath);
        Assert.Equal("of the new file", (await next.Live.LabelsAsync())[^1]);
        Assert.Equal(1, next.Journal.RecordedSequence);
    }

    [Fact]
    public async Task Owner_of_the_old_file_that_wakes_later_writes_nothing_into_the_new_history()
    {
        await ForgetAsync();
        await using OwnedIModel renewed = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
        await renewed.CommitAsync(1, "of the new file");

        await _old.Live.CommitAsync("of the owner that woke");
        await Assert.ThrowsAsync<StaleEpochException>(() => _old.Journal.AppendAsync(OwnedIModel.Record(2), default));

        await renewed.CommitAsync(2, "and on");
        await renewed.AbandonAsync();
        await using OwnedIModel next = await OwnedIModel.OpenAsync(_b, stores.Engine, Key, _catalogPath);
        Assert.Equal(["of the new file", "and on"], (await next.Live.LabelsAsync())[^2..]);
    }

    private Task ForgetAsync() => OperationsGuide.RunAsync(_database, $"'{Key}'");
}
