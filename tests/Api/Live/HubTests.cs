using System.Text.Json.Nodes;
using ITwinOrleans.Api.Tests.Live.Support;

namespace ITwinOrleans.Api.Tests.Live;

/// <summary>The hub over the whole server: transactions, the feed, presence, locks.</summary>
public sealed class HubTests : IAsyncLifetime
{
    private const string Key = "edit.bim";
    private LiveServer _server = null!;

    public async Task InitializeAsync() => _server = await LiveServer.StartAsync([Key, "test.bim"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private Task<LiveClient> ConnectAsync() => LiveClient.ConnectAsync(_server.Address);

    [Fact]
    public async Task Transact_commit_reaches_every_subscriber_in_order_and_once()
    {
        await using LiveClient ann = await ConnectAsync(), bob = await ConnectAsync();
        JsonNode opened = await ann.OpenAsync(Key);
        Assert.True(opened["writable"]!.GetValue<bool>(), opened.ToJsonString());
        await bob.OpenAsync(Key, "Bob");
        for (int i = 1; i <= 20; i++)
            Assert.Equal(i, (await ann.TransactAsync(Key, Ops.Insert($"no {i}")))["sequence"]!.GetValue<long>());

        foreach (LiveClient client in (LiveClient[])[ann, bob])
        {
            List<JsonNode> commits = await client.NextCommitsAsync(20);
            Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), commits.Select(commit => commit["sequence"]!.GetValue<long>()));
            Assert.All(commits, commit => Assert.Equal("Ann", commit["user"]!["name"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Subscribe_with_an_older_state_gets_all_that_was_missed()
    {
        await using LiveClient ann = await ConnectAsync();
        JsonNode opened = await ann.OpenAsync(Key, subscribe: false);
        for (int i = 1; i <= 5; i++)
            await ann.TransactAsync(Key, Ops.Insert($"no {i}"));
        await ann.CallAsync("Subscribe", Key, LiveClient.State(opened));
        Assert.Equal([1, 2, 3, 4, 5], (await ann.NextCommitsAsync(5)).Select(commit => commit["sequence"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Subscribe_with_a_state_of_another_history_is_told_to_reload()
    {
        await using LiveClient ann = await ConnectAsync();
        await ann.OpenAsync(Key, subscribe: false);
        await ann.TransactAsync(Key, Ops.Insert("one"));
        await ann.CallAsync("Subscribe", Key, new { epoch = 77, sequence = 1 });
        JsonNode reload = await ann.Reloads.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(1, reload["sequence"]!.GetValue<long>());
        await ann.TransactAsync(Key, Ops.Insert("two"));
        Assert.Equal(2, (await ann.NextCommitsAsync(1))[0]["sequence"]!.GetValue<long>());
    }

    [Fact]
    public async Task Transact_operation_id_sent_twice_is_applied_once_and_refused_with_other_content()
    {
        await using LiveClient ann = await ConnectAsync();
        await ann.OpenAsync(Key);
        JsonNode first = await ann.TransactAsync(Key, Ops.Insert("once"), "op");
        JsonNode again = await ann.TransactAsync(Key, Ops.Insert("once"), "op");
        Assert.Equal((first["sequence"]!.GetValue<long>(), true), (again["sequence"]!.GetValue<long>(), again["repeated"]!.GetValue<bool>()));
        Assert.Equal("OperationIdReused", Error(await ann.TransactAsync(Key, Ops.Insert("other"), "op")));
    }

    [Fact]
    public async Task Transact_on_what_somebody_else_changed_since_is_a_conflict_that_names_it()
    {
        await using LiveClient ann = await ConnectAsync(), bob = await ConnectAsync();
        JsonObject read = LiveClient.State(await ann.OpenAsync(Key));
        await bob.OpenAsync(Key, "Bob");
        await bob.TransactAsync(Key, Ops.Rename(Ops.First, "by Bob"));
        JsonNode refused = await ann.TransactAsync(Key, Ops.Rename(Ops.First, "by Ann"), read: read);
        Assert.Equal("Conflict", Error(refused));
        Assert.Equal(Ops.First, refused["error"]!["conflicts"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("Bob", refused["error"]!["conflicts"]![0]!["user"]!["name"]!.GetValue<string>());
        Assert.Null((await ann.TransactAsync(Key, Ops.Rename(Ops.Second, "by Ann"), read: read))["error"]);
    }

    [Fact]
    public async Task Lock_keeps_others_out_until_its_session_ends()
    {
        await using LiveClient bob = await ConnectAsync();
        await bob.OpenAsync(Key, "Bob");
        await using (LiveClient ann = await ConnectAsync())
        {
            await ann.OpenAsync(Key);
            Assert.Null((await ann.CallAsync("Lock", Key, new[] { Ops.First }))["error"]);
            JsonNode refused = await bob.CallAsync("Lock", Key, new[] { Ops.Second, Ops.First });
            Assert.Equal(("Locked", "Ann"), (Error(refused), refused["error"]!["locks"]![0]!["user"]!["name"]!.GetValue<string>()));
            Assert.Equal("Locked", Error(await bob.TransactAsync(Key, Ops.Delete(Ops.First))));
            Assert.Null((await ann.TransactAsync(Key, Ops.Rename(Ops.First, "mine")))["error"]);
            Assert.Null((await bob.CallAsync("Lock", Key, new[] { Ops.Second }))["error"]);
        }

        await bob.NextPresenceAsync(change => change["left"] is JsonArray { Count: 1 });
        Assert.Null((await bob.TransactAsync(Key, Ops.Delete(Ops.First)))["error"]);
    }

    [Fact]
    public async Task Presence_tells_who_comes_goes_and_where_they_look()
    {
        await using LiveClient bob = await ConnectAsync();
        await bob.OpenAsync(Key, "Bob");
        await using (LiveClient ann = await ConnectAsync())
        {
            JsonNode opened = await ann.OpenAsync(Key);
            Assert.Equal(2, opened["people"]!.AsArray().Count);
            string session = opened["session"]!.GetValue<string>();
            JsonNode joined = await bob.NextPresenceAsync(change => Named(change, "joined", "Ann"));
            Assert.NotNull(joined);
            await ann.CallAsync("SetPresence", Key, new { selection = new[] { "0x1f" }, cursor = new[] { 1, 2, 3 } });
            JsonNode changed = await bob.NextPresenceAsync(change => change["changed"] is JsonArray { Count: > 0 } all && all[0]!["session"]!.GetValue<string>() == session);
            Assert.Equal("0x1f", changed["changed"]![0]!["selection"]![0]!.GetValue<string>());
            await ann.CallAsync("SetPresence", Key, new { cursor = (object?)null });
            changed = await bob.NextPresenceAsync(change => change["changed"] is JsonArray { Count: > 0 });
            Assert.True(changed["changed"]![0]!.AsObject().TryGetPropertyValue("cursor", out JsonNode? cursor) && cursor is null);
            Assert.False(changed["changed"]![0]!.AsObject().ContainsKey("selection"));
        }

        await bob.NextPresenceAsync(change => change["left"] is JsonArray { Count: 1 });
    }

    [Fact]
    public async Task Open_of_an_iModel_that_cannot_be_written_says_so_and_still_shows_people()
    {
        await using LiveClient ann = await ConnectAsync();
        JsonNode opened = await ann.OpenAsync("test.bim");
        Assert.False(opened["writable"]!.GetValue<bool>());
        Assert.NotEmpty(opened["reason"]!.GetValue<string>());
        Assert.Single(opened["people"]!.AsArray());
        Assert.Equal("NotWritable", Error(await ann.TransactAsync("test.bim", Ops.Insert("no"))));
    }

    [Fact]
    public async Task Calls_for_what_is_not_open_or_not_there_are_refused()
    {
        await using LiveClient ann = await ConnectAsync();
        Assert.Equal("InvalidTransaction", Error(await ann.CallAsync("Open", new { key = "nothing.bim" })));
        Assert.Equal("InvalidTransaction", Error(await ann.TransactAsync(Key, Ops.Insert("no"))));
        await ann.OpenAsync(Key);
        Assert.Equal("InvalidTransaction", Error(await ann.CallAsync("Transact", Key, "no transaction")));
        Assert.Equal("InvalidTransaction", Error(await ann.CallAsync("Lock", Key, new[] { "elephant" })));
    }

    private static bool Named(JsonNode change, string kind, string name) =>
        (change[kind] ?? change["people"]) is JsonArray people && people.Any(person => person!["user"]!["name"]!.GetValue<string>() == name);

    private static string? Error(JsonNode answer) => answer["error"]?["name"]?.GetValue<string>();
}
