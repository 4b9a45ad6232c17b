using ITwinOrleans.Backend.Live;
using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Backend.Tests.Live;

[Collection(BackendCollection.Name)]
public sealed class UndoContentTests(BackendFixture fixture)
{
    private const int Transactions = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Undo_of_any_operations_restores_the_whole_content_and_redo_brings_it_back(int seed)
    {
        await using LiveBench bench = await LiveBench.OpenAsync(fixture);
        var random = new RandomOperations(bench, seed);
        var states = new Stack<Dictionary<string, List<string>>>();
        states.Push(await FileContent.ReadAsync(bench));
        int refused = 0;
        for (int i = 0; i < Transactions; i++)
        {
            string operations = await random.NextAsync();
            try
            {
                await bench.WriteAsync(operations);
            }
            catch (LiveRefusedException exception) when (exception.Refusal.Name == LiveRefusals.Refused)
            {
                refused++;
                FileContent.AssertEqual(states.Peek(), await FileContent.ReadAsync(bench), $"seed {seed}, refused transaction {i}");
                continue;
            }

            Dictionary<string, List<string>> after = await FileContent.ReadAsync(bench);
            await InvertAsync(bench, bench.Live.UndoAsync);
            FileContent.AssertEqual(states.Peek(), await FileContent.ReadAsync(bench), $"seed {seed}, undo of {i}, {operations}");
            await InvertAsync(bench, bench.Live.RedoAsync);
            FileContent.AssertEqual(after, await FileContent.ReadAsync(bench), $"seed {seed}, redo of {i}, {operations}");
            states.Push(after);
        }

        Assert.InRange(refused, 0, Transactions / 2);
        await bench.ReopenAsync();
        while (states.TryPop(out _) && states.TryPeek(out Dictionary<string, List<string>>? before))
        {
            await InvertAsync(bench, bench.Live.UndoAsync);
            FileContent.AssertEqual(before, await FileContent.ReadAsync(bench), $"seed {seed}, {states.Count} before");
        }

        Assert.Equal(["ok"], await bench.RowsAsync("PRAGMA integrity_check"));
        Assert.Empty(await bench.RowsAsync("PRAGMA foreign_key_check"));
    }

    private static Task InvertAsync(LiveBench bench, Func<LiveAuthor, long, LiveInversion, CancellationToken, Task<CommitAnswer>> invert) =>
        invert(LiveBench.Ann, bench.Epoch, new LiveInversion(bench.NextOperationId()), CancellationToken.None);
}
