using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Native.Tests.Data;
using ITwinOrleans.Worker.Tests.Support;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Worker.Tests.Live;

/// <summary>kill -9 of a worker under write load: what was acknowledged is there once, nothing is half there, the feed has no gap and no repeat.</summary>
[Collection(EngineCollection.Name)]
public sealed class KillTests(EngineFixture fixture)
{
    // ITWIN_KILLS=200 for the long run.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("ITWIN_KILLS"), out int kills) ? kills : 50;

    private const int Writers = 4, MaxAnswers = 25, ElementsOfOne = 3, ElementsOfMany = 150;

    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly Random _random = new(4711);
    private int _operations;

    [Fact]
    public async Task Kill_at_random_points_loses_nothing_that_was_acknowledged_and_halves_nothing()
    {
        string path = TestFiles.Copy("edit.bim");
        var last = default(LiveState);
        for (int round = 1; round <= Kills; round++)
        {
            (LiveWorker worker, LiveState opened) = await LiveWorker.OpenAsync(path, round);
            await using (worker)
            {
                (LiveFeedHead head, List<JsonNode> records) = await worker.ReadFeedAsync(last);
                Assert.Null(head.Reload);
                Assert.Equal(opened, head.Head);
                Assert.Equal(Enumerable.Range(1, records.Count).Select(i => last.Sequence + i), records.Select(static record => (long)record["sequence"]!));
                last = head.Head;
                await RepeatAsync(worker);
                await WriteUntilKilledAsync(worker);
            }

            Check(await LiveContent.ReadAsync(fixture.Engine, path), round);
        }
    }

    // Whoever waits for an answer repeats the operation under its id.
    private async Task RepeatAsync(LiveWorker worker)
    {
        foreach (string operation in _sent.Where(static one => !one.Value).Select(static one => one.Key))
        {
            JsonNode answer = await SendAsync(worker, operation);
            Assert.True(answer["error"] is null || (string)answer["error"]!["name"]! is LiveRefusals.NothingToUndo or LiveRefusals.InvalidTransaction, answer.ToJsonString());
            if (answer["error"] is null)
                _sent[operation] = true;
            else
                _sent.TryRemove(operation, out _);
        }
    }

    private async Task WriteUntilKilledAsync(LiveWorker worker)
    {
        int answers = 0, killAt = _random.Next(1, MaxAnswers);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    string operation = NextOperation();
                    _sent[operation] = false;
                    JsonNode answer = await SendAsync(worker, operation);
                    if (answer["error"] is null)
                        _sent[operation] = true;
                    else
                        _sent.TryRemove(operation, out bool _);
                    if (Interlocked.Increment(ref answers) == killAt)
                        worker.Kill();
                }
            }
            catch (WorkerException)
            {
                // Killed.
            }
        })));
    }

    private string NextOperation()
    {
        int number = Interlocked.Increment(ref _operations);
        return $"op-{number}-" + (number % 7) switch
        {
            3 => "undo",
            5 => "many",
            6 when number % 5 == 0 => "version",
            _ => "one",
        };
    }

    private static Task<JsonNode> SendAsync(LiveWorker worker, string operation) => operation.Split('-')[2] switch
    {
        "undo" => worker.UndoAsync(operation),
        "version" => worker.NameVersionAsync(operation),
        "many" => worker.WriteAsync(operation, Inserts(operation, ElementsOfMany)),
        _ => worker.WriteAsync(operation, Inserts(operation, ElementsOfOne)),
    };

    private static string Inserts(string label, int count) => $"[{string.Join(',', Enumerable.Repeat($$"""
        {"action":"insert","entity":"element","props":{"classFullName":"Generic:PhysicalObject","model":"0x1e","category":"0x17","code":{"spec":"0x1","scope":"0x1","value":""},"userLabel":"{{label}}"} }
        """, count))}]";

    private void Check(LiveContent content, int round)
    {
        string when = $"after kill {round}";
        Assert.True(content.Problems.Count == 0, $"{when}: {string.Join("; ", content.Problems.Take(5))}");
        Assert.Equal(Enumerable.Range(1, content.Commits.Count).Select(static i => (long)i), content.Commits.Select(static commit => commit.Sequence));
        Assert.Equal(content.Commits.Count, content.Commits.Select(static commit => commit.OperationId).Distinct().Count());
        HashSet<string> committed = [.. content.Commits.Select(static commit => commit.OperationId)];
        Assert.All(_sent.Where(static one => one.Value && !one.Key.EndsWith("version", StringComparison.Ordinal)), one => Assert.True(committed.Contains(one.Key), $"{when}: {one.Key} was acknowledged and is lost"));

        // Of each edit all elements are there or, when it is undone, none.
        foreach (IGrouping<long, (long Sequence, string OperationId, long Root)> chain in content.Commits.GroupBy(static commit => commit.Root))
        {
            string edit = chain.First().OperationId;
            int expected = chain.Count() % 2 == 0 ? 0 : edit.EndsWith("many", StringComparison.Ordinal) ? ElementsOfMany : ElementsOfOne;
            Assert.True(content.Elements.GetValueOrDefault(edit) == expected, $"{when}: {edit} has {content.Elements.GetValueOrDefault(edit)} elements, not {expected}");
        }

        Assert.All(content.Elements.Keys, label => Assert.True(committed.Contains(label), $"{when}: {label} has elements and no commit"));
    }
}
