using System.Text;
using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;

namespace ITwinOrleans.Durability.Tests.PostgreSql;

[Collection(RealStoresCollection.Name)]
public sealed class JournalTests(RealStores stores) : TwoSilosTest(stores)
{
    protected override void Configure(DurabilityOptions options) => (options.RetainedCommits, options.RetainedTime) = (3, TimeSpan.Zero);

    [Fact]
    public async Task Successor_has_every_commit_and_nothing_of_what_was_not_shipped()
    {
        await using OwnedIModel first = await OpenAsync(A);
        var before = await first.Live.LabelsAsync();
        for (var i = 1; i <= 20; i++)
            await first.CommitAsync(i, $"commit {i}");
        await first.Live.CommitAsync("never shipped");
        await first.AbandonAsync();

        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal(before.Concat(Enumerable.Range(1, 20).Select(i => $"commit {i}")), await second.Live.LabelsAsync());
        Assert.Equal((2, 20), (second.Ownership.Epoch, second.Journal.RecordedSequence));
        await second.CommitAsync(21, "goes on");
        Assert.Equal(21, second.Journal.RecordedSequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task File_of_any_journal_mode_is_followed(byte fileFormatVersion)
    {
        using (FileStream file = File.OpenWrite(CatalogPath))
        {
            file.Position = 18;
            file.Write([fileFormatVersion, fileFormatVersion]);
        }

        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "of the first");
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal("of the first", (await second.Live.LabelsAsync())[^1]);
    }

    [Fact]
    public async Task AppendAsync_ships_nothing_of_a_transaction_that_is_not_committed()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "committed");
        await first.Live.WithoutCommitAsync("open", () => first.Journal.SyncAsync(default));
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal("committed", (await second.Live.LabelsAsync())[^1]);
    }

    [Fact]
    public async Task Calls_that_overlap_take_effect_in_their_order()
    {
        await using OwnedIModel first = await OpenAsync(A);
        List<Task> appends = [];
        for (var i = 1; i <= 50; i++)
        {
            await first.Live.CommitAsync($"commit {i}");
            appends.Add(first.Journal.AppendAsync(OwnedIModel.Record(i), default));
        }

        await Task.WhenAll(appends);
        IReadOnlyList<CommitRecord> records = await B.Feed.ReadAsync(Key, 0, 100, default);
        Assert.Equal(Enumerable.Range(1, 50), records.Select(r => (int)r.Sequence));
        Assert.Equal("{\"sequence\":50}", Encoding.UTF8.GetString(records[^1].Json.Span));
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal("commit 50", (await second.Live.LabelsAsync())[^1]);
    }

    [Fact]
    public async Task Commit_of_many_pages_is_shipped_whole()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, [.. Enumerable.Range(0, 12_000).Select(i => $"{i} {new string('x', 200)}")]);
        await first.CommitAsync(2, "last");
        var labels = await first.Live.LabelsAsync();
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal(labels, await second.Live.LabelsAsync());
    }

    [Fact]
    public async Task AppendAsync_of_a_sequence_that_was_appended_is_refused()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "x");
        await Assert.ThrowsAsync<ArgumentException>(() => first.Journal.AppendAsync(OwnedIModel.Record(1), default));
    }

    [Fact]
    public async Task CompactAsync_makes_a_new_base_trims_the_journal_and_keeps_the_newest_records()
    {
        await using OwnedIModel first = await OpenAsync(A);
        for (var i = 1; i <= 10; i++)
            await first.CommitAsync(i, $"commit {i}");
        Task compaction = first.Journal.CompactAsync(first.Live.CheckpointAsync, default);
        await compaction;
        await first.CommitAsync(11, "after");
        IReadOnlyList<CommitRecord> kept = await A.Feed.ReadAsync(Key, 0, 100, default);
        Assert.Equal([8, 9, 10, 11], kept.Select(r => r.Sequence));
        Assert.Single(Directory.GetFiles(Folder["shared/bases"], "*", SearchOption.AllDirectories));
        var labels = await first.Live.LabelsAsync();
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal(labels, await second.Live.LabelsAsync());
    }

    [Fact]
    public async Task CompactAsync_lets_commits_go_on_while_the_base_is_stored()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "before");
        var checkpointed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task compaction = first.Journal.CompactAsync(
            async limit =>
            {
                await first.Live.CheckpointAsync(limit);
                checkpointed.SetResult();
            },
            default);
        await checkpointed.Task;
        for (var i = 2; i <= 10; i++)
            await first.CommitAsync(i, $"commit {i}");
        await compaction;
        await first.CommitAsync(11, "after");
        var labels = await first.Live.LabelsAsync();
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal(labels, await second.Live.LabelsAsync());
    }

    [Fact]
    public async Task Checkpoint_whose_base_is_not_published_loses_nothing()
    {
        await using OwnedIModel first = await OpenAsync(A);
        await first.CommitAsync(1, "before");
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Journal.CompactAsync(
            async limit =>
            {
                await first.Live.CheckpointAsync(limit);
                await cancelled.CancelAsync();
            },
            cancelled.Token));
        await first.CommitAsync(2, "after");
        var labels = await first.Live.LabelsAsync();
        await first.AbandonAsync();
        await using OwnedIModel second = await OpenAsync(B);
        Assert.Equal(labels, await second.Live.LabelsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_history_of_commits_checkpoints_and_moves_is_restored_as_it_was(int seed)
    {
        var random = new Random(seed);
        List<string> expected = [];
        long sequence = 0;
        for (var move = 0; move < 4; move++)
        {
            await using OwnedIModel owned = await OpenAsync(move % 2 == 0 ? A : B);
            var labels = await owned.Live.LabelsAsync();
            if (move == 0)
                expected.AddRange(labels);
            Assert.Equal(expected, labels);
            for (var step = 0; step < 15; step++)
            {
                string[] added = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => new string((char)random.Next('a', 'z' + 1), random.Next(1, 400)))];
                switch (random.Next(8))
                {
                    case 0:
                        await owned.Journal.CompactAsync(owned.Live.CheckpointAsync, default);
                        break;
                    case 1:
                        await owned.Live.CommitAsync(added);
                        await owned.Journal.SyncAsync(default);
                        expected.AddRange(added);
                        break;
                    default:
                        await owned.CommitAsync(++sequence, added);
                        expected.AddRange(added);
                        break;
                }
            }
        }

        await using OwnedIModel last = await OpenAsync(A);
        Assert.Equal(expected, await last.Live.LabelsAsync());
    }
}
