using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Tests.Live.Support;
using ITwinOrleans.Tests.Peer;
using ITwinOrleans.Tests.Support;

namespace ITwinOrleans.Api.Tests.Live;

/// <summary>
/// kill -9 of the server under write load: what was acknowledged is there once, nothing is half there, and a follower of the feed gets every commit
/// once and in order.
/// </summary>
public sealed class ServerKillTests
{
    private const string Key = "edit.bim";
    private const int Writers = 3, MaxAnswers = 20, ElementsOfOne = 3;

    // ITWIN_KILLS=200 for the long run.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("ITWIN_KILLS"), out int kills) ? kills : 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, long> _acknowledged = new();
    private readonly ConcurrentQueue<string> _unanswered = new();
    private readonly List<long> _followed = [];
    private readonly Random _random = new(4711);
    private int _operations;

    [Fact]
    public async Task Kill_at_random_points_loses_nothing_that_was_acknowledged_and_halves_nothing()
    {
        await using RunningServer server = await ApiProgram.StartAsync([Path.Combine(PeerFiles.Data, Key)]);
        JsonNode seen = new JsonObject { ["epoch"] = 0, ["sequence"] = 0 };
        for (int round = 1; round <= Kills; round++)
        {
            seen = await RunUntilKilledAsync(server, seen);
            await server.StartAgainAsync();
        }

        await using LiveClient last = await ConnectAsync(server);
        await last.OpenAsync(Key, subscribe: false);
        await RepeatAsync(last);
        await CheckAsync(last, server, seen);
        await server.KillAsync();
        Assert.Equal("ok", await IntegrityAsync(Path.Combine(server.Folder.Data, Key)));
    }

    private static Task<LiveClient> ConnectAsync(RunningServer server) => LiveClient.ConnectAsync(new Uri($"http://127.0.0.1:{server.Port}"));

    // One life of the server. Answers the state that the follower has seen.
    private async Task<JsonNode> RunUntilKilledAsync(RunningServer server, JsonNode seen)
    {
        await using LiveClient follower = await ConnectAsync(server);
        await follower.OpenAsync(Key, "Follower", seen);
        int answers = 0, killAt = _random.Next(1, MaxAnswers);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(i => WriteAsync(server, $"Writer {i}", () =>
        {
            if (Interlocked.Increment(ref answers) == killAt)
                enough.TrySetResult();
        }))];
        await Task.WhenAny(enough.Task, Task.WhenAll(writers)).WaitAsync(Patience);
        Assert.True(enough.Task.IsCompleted, "The writers ended before the server was killed.");
        await server.KillAsync();
        await Task.WhenAll(writers).WaitAsync(Patience);
        await follower.Closed.Task.WaitAsync(Patience);
        return Follow(follower) ?? seen;
    }

    private JsonNode? Follow(LiveClient follower)
    {
        JsonNode? newest = null;
        while (follower.Commits.Reader.TryRead(out JsonNode? commit))
        {
            newest = LiveClient.State(commit);
            _followed.Add(commit["sequence"]!.GetValue<long>());
        }

        return newest;
    }

    // Until the server is gone: the operations without an answer first, under their ids.
    private async Task WriteAsync(RunningServer server, string name, Action answered)
    {
        string? operation = null;
        try
        {
            await using LiveClient client = await ConnectAsync(server);
            await client.OpenAsync(Key, name, subscribe: false);
            while (true)
            {
                operation = _unanswered.TryDequeue(out string? unanswered) ? unanswered : $"op {Interlocked.Increment(ref _operations)}";
                await SendAsync(client, operation);
                operation = null;
                answered();
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException and not TimeoutException)
        {
            if (operation is not null)
                _unanswered.Enqueue(operation);
        }
    }

    private async Task RepeatAsync(LiveClient client)
    {
        while (_unanswered.TryDequeue(out string? operation))
            await SendAsync(client, operation);
    }

    private async Task SendAsync(LiveClient client, string operation)
    {
        string operations = $"[{string.Join(',', Enumerable.Repeat(Ops.Insert(operation)[1..^1], ElementsOfOne))}]";
        JsonNode result = await client.TransactAsync(Key, operations, operation);
        Assert.True(result["error"] is null, result.ToJsonString());
        _acknowledged[operation] = result["sequence"]!.GetValue<long>();
    }

    private async Task CheckAsync(LiveClient client, RunningServer server, JsonNode seen)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        JsonArray commits = [];
        for (JsonNode after = new JsonObject { ["epoch"] = 0, ["sequence"] = 0 }; ;)
        {
            JsonNode page = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/imodels/{Key}/feed?epoch={after["epoch"]}&sequence={after["sequence"]}", UriKind.Relative)))!;
            JsonArray some = page["commits"]!.AsArray();
            if (some.Count == 0)
                break;
            foreach (JsonNode? commit in some)
                commits.Add(commit!.DeepClone());
            after = LiveClient.State(some[^1]!);
        }

        Assert.Equal(Enumerable.Range(1, commits.Count).Select(i => (long)i), commits.Select(commit => commit!["sequence"]!.GetValue<long>()));
        Assert.Equal(
            _acknowledged.OrderBy(one => one.Value).Select(one => (one.Key, one.Value)),
            commits.Select(commit => (commit!["operationId"]!.GetValue<string>(), commit["sequence"]!.GetValue<long>())));
        Assert.All(commits, commit => Assert.Equal(ElementsOfOne, commit!["elements"]!["insertedMeta"]!.AsArray().Count));

        await client.CallAsync("Subscribe", Key, seen);
        _followed.AddRange((await client.NextCommitsAsync(commits.Count - _followed.Count)).Select(commit => commit["sequence"]!.GetValue<long>()));
        Assert.Equal(Enumerable.Range(1, commits.Count).Select(i => (long)i), _followed);
    }

    // By SQLite itself, which replays the log that the killed server left.
    private static async Task<string> IntegrityAsync(string path)
    {
        var start = new ProcessStartInfo("python3", ["-c", "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])", path])
        {
            RedirectStandardOutput = true,
        };
        using Process python = Process.Start(start)!;
        return (await python.StandardOutput.ReadToEndAsync()).Trim();
    }
}
