using ITwinOrleans.Durability.Tests.Support;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

/// <summary>An opening that was prepared while another silo had the iModel: the same state as any, only sooner.</summary>
[Collection(RealStoresCollection.Name)]
public sealed class AheadTests(RealStores stores) : TwoSilosTest(stores)
{
    [Fact]
    public async Task Opening_goes_on_from_what_was_prepared_without_the_base()
    {
        await PrepareBetweenTwoCommitsAsync();

        // Nothing else has the base any more: only the prepared file can be what it opens.
        Directory.Delete(Folder["shared"], recursive: true);
        foreach (var cached in Directory.EnumerateFiles(Folder["b/cache"], "*", SearchOption.AllDirectories))
            File.Delete(cached);
        await using OwnedIModel second = await OpenAsync(B);

        Assert.Equal(["before", "after"], (await second.Live.LabelsAsync())[^2..]);
        Assert.Equal(2, second.Journal.RecordedSequence);
        Assert.Empty(PreparedFiles());
    }

    [Fact]
    public async Task Opening_after_another_epoch_does_not_use_it()
    {
        await using (OwnedIModel first = await OpenAsync(A))
            await first.CommitAsync(1, "of the first");
        await B.LiveFiles.PrepareAheadAsync(Key, default);
        await using (OwnedIModel between = await OpenAsync(A))
            await between.CommitAsync(2, "in between");
        ZeroPreparedFile();

        await using OwnedIModel third = await OpenAsync(B);

        Assert.Equal(["of the first", "in between"], (await third.Live.LabelsAsync())[^2..]);
        Assert.Empty(PreparedFiles());
    }

    [Fact]
    public async Task Opening_with_a_prepared_file_that_the_journal_does_not_fit_begins_with_the_base()
    {
        await PrepareBetweenTwoCommitsAsync();
        ZeroPreparedFile();

        await using OwnedIModel second = await OpenAsync(B);

        Assert.Equal(["before", "after"], (await second.Live.LabelsAsync())[^2..]);
    }

    [Fact]
    public async Task PrepareAheadAsync_again_keeps_the_last_only_and_an_iModel_without_journal_needs_none()
    {
        await B.LiveFiles.PrepareAheadAsync(Key, default);
        Assert.Empty(PreparedFiles());
        await using OwnedIModel first = await OpenAsync(A);
        for (var i = 1; i <= 3; i++)
        {
            await first.CommitAsync(i, $"commit {i}");
            await B.LiveFiles.PrepareAheadAsync(Key, default);
            Assert.Single(PreparedFiles());
        }
    }

    private async Task PrepareBetweenTwoCommitsAsync()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "before");
        await B.LiveFiles.PrepareAheadAsync(Key, default);
        await first.CommitAsync(2, "after");
    }

    private string[] PreparedFiles() => Directory.Exists(Folder["b/live"])
        ? [.. Directory.EnumerateDirectories(Folder["b/live"], "ahead-*").SelectMany(Directory.EnumerateFiles)]
        : [];

    private void ZeroPreparedFile()
    {
        var path = Assert.Single(PreparedFiles());
        File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
    }
}
