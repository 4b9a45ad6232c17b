using System.Text.Json.Nodes;
using ITwinOrleans.Api.Tests.Live.Support;

namespace ITwinOrleans.Api.Tests.Live;

/// <summary>IPC of unmodified frontends over the hub: functions, staged changes and the events, as core-backend's have been measured.</summary>
public sealed class IpcTests : IAsyncLifetime
{
    private const string Key = "edit.bim", App = "itwin.itwinjs-core/ipc-app", Edit = "itwin.itwin-orleans/edit";
    private const string Txns = "itwin.itwinjs-core/txns/" + Key, Scope = "itwin.itwinjs-core/editing-scope/" + Key;
    private LiveServer _server = null!;

    public async Task InitializeAsync() => _server = await LiveServer.StartAsync([Key, "test.bim"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private Task<LiveClient> ConnectAsync() => LiveClient.ConnectAsync(_server.Address);

    [Fact]
    public async Task OpenBriefcase_answers_connection_props_whose_key_opens_RPC()
    {
        await using LiveClient client = await ConnectAsync();
        JsonNode props = await ResultAsync(client, App, "openBriefcase", new { fileName = "/somewhere/edit.bim" });
        Assert.Equal(Key, props["key"]!.GetValue<string>());
        Assert.NotNull(props["rootSubject"]);
        Assert.True((await ResultAsync(client, App, "isGraphicalEditingSupported", Key)).GetValue<bool>());
        Assert.True((await ResultAsync(client, App, "queryConcurrency", "cpu")).GetValue<int>() > 0);
    }

    [Fact]
    public async Task SaveChanges_in_a_scope_sends_the_events_in_the_measured_order()
    {
        await using LiveClient client = await OpenAsync();
        Assert.True((await ResultAsync(client, App, "toggleGraphicalEditingScope", Key, true)).GetValue<bool>());
        string id = (await ResultAsync(client, Edit, "insertElement", Key, Props("one"))).GetValue<string>();
        Assert.StartsWith("0x", id, StringComparison.Ordinal);
        Assert.False(client.Ipc.Reader.TryRead(out _));

        await CallAsync(client, App, "saveChanges", Key, "an insert");
        List<(string Channel, string Method)> events = await TakenAsync(client, "notifyCommitted");
        Assert.Equal(
            [(Txns, "notifyCommit"), (Scope, "notifyGeometryChanged"), (Txns, "notifyGeometryGuidsChanged"), (Txns, "notifyElementsChanged"), (Txns, "notifyCommitted")],
            events.Where(e => e.Method != "notifyModelsChanged"));
    }

    [Fact]
    public async Task AbandonChanges_drops_the_callers_own_alone()
    {
        await using LiveClient ann = await OpenAsync(), bob = await OpenAsync();
        await ResultAsync(ann, Edit, "insertElement", Key, Props("dropped"));
        await ResultAsync(bob, Edit, "insertElement", Key, Props("kept"));
        await CallAsync(ann, App, "abandonChanges", Key);
        await CallAsync(bob, App, "saveChanges", Key, "kept");
        await CallAsync(ann, App, "saveChanges", Key, "nothing to save");

        JsonArray history = (await HistoryAsync(bob)).AsArray();
        Assert.Equal("kept", Assert.Single(history)!["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task Edits_of_what_was_staged_before_use_the_id_that_it_got()
    {
        await using LiveClient client = await OpenAsync();
        string id = (await ResultAsync(client, Edit, "insertElement", Key, Props("first"))).GetValue<string>();
        await CallAsync(client, Edit, "updateElement", Key, new { id, userLabel = "renamed" });
        await CallAsync(client, Edit, "insertAspect", Key, new
        {
            classFullName = "BisCore:ExternalSourceAspect",
            element = new { id, relClassName = "BisCore:ElementOwnsExternalSourceAspects" },
            scope = new { id = "0x1" },
            identifier = "x",
            kind = "test",
        });
        await CallAsync(client, App, "saveChanges", Key, "three edits");
        JsonNode commit = Assert.Single((await HistoryAsync(client)).AsArray())!;
        Assert.Equal("three edits", commit["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task Edit_that_is_refused_is_an_error_with_its_number_and_stages_nothing()
    {
        await using LiveClient client = await OpenAsync();
        JsonNode answer = await client.CallAsync("IpcInvoke", Edit, "deleteElement", new object[] { Key, "0x999999" });
        Assert.True(answer["error"]!["errorNumber"]!.GetValue<int>() > 0, answer.ToJsonString());
        Assert.Equal("bentley-error", answer["error"]!["iTwinErrorId"]!["scope"]!.GetValue<string>());
        await CallAsync(client, App, "saveChanges", Key, "");
        Assert.Empty((await HistoryAsync(client)).AsArray());
    }

    [Fact]
    public async Task ReverseTxns_and_reinstateTxn_send_the_events_of_undo_and_redo()
    {
        await using LiveClient client = await OpenAsync(), other = await OpenAsync();
        await ResultAsync(client, Edit, "insertElement", Key, Props("one"));
        await CallAsync(client, App, "saveChanges", Key, "an insert");
        Assert.True((await ResultAsync(client, App, "isUndoPossible", Key)).GetValue<bool>());
        Assert.Equal("an insert", (await ResultAsync(client, App, "getUndoString", Key)).GetValue<string>());
        await TakenAsync(client, "notifyCommitted");

        Assert.Equal(0, (await ResultAsync(client, App, "reverseTxns", Key, 1)).GetValue<int>());
        Assert.Equal(
            ["notifyBeforeUndoRedo", "notifyElementsChanged", "notifyChangesApplied", "notifyGeometryGuidsChanged", "notifyAfterUndoRedo"],
            (await TakenAsync(client, "notifyAfterUndoRedo")).Select(e => e.Method).Where(method => method != "notifyModelsChanged"));
        Assert.True((await ResultAsync(client, App, "isRedoPossible", Key)).GetValue<bool>());
        Assert.False((await ResultAsync(client, App, "isUndoPossible", Key)).GetValue<bool>());
        Assert.Equal(65579, (await ResultAsync(client, App, "reverseTxns", Key, 1)).GetValue<int>());

        Assert.Equal(0, (await ResultAsync(client, App, "reinstateTxn", Key)).GetValue<int>());
        Assert.Equal(65578, (await ResultAsync(client, App, "reinstateTxn", Key)).GetValue<int>());
        Assert.False((await ResultAsync(other, App, "isUndoPossible", Key)).GetValue<bool>());

        // To others all of it is commits.
        await CallAsync(other, App, "saveChanges", Key, "");
        await ResultAsync(other, Edit, "insertElement", Key, Props("two"));
        await CallAsync(other, App, "saveChanges", Key, "of the other");
        await TakenAsync(other, "notifyCommitted", times: 4);
        Assert.False(other.Ipc.Reader.TryRead(out _));
    }

    [Fact]
    public async Task RestartTxnSession_leaves_nothing_to_undo()
    {
        await using LiveClient client = await OpenAsync();
        await ResultAsync(client, Edit, "insertElement", Key, Props("one"));
        await CallAsync(client, App, "saveChanges", Key, "an insert");
        await CallAsync(client, App, "restartTxnSession", Key);
        Assert.False((await ResultAsync(client, App, "isUndoPossible", Key)).GetValue<bool>());
    }

    [Fact]
    public async Task OpenStandalone_of_an_iModel_that_cannot_be_written_is_an_error_that_says_why()
    {
        await using LiveClient client = await ConnectAsync();
        JsonNode answer = await client.CallAsync("IpcInvoke", App, "openStandalone", new object[] { "test.bim", 2 });
        Assert.Contains("snapshot", answer["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("test.bim", (await ResultAsync(client, App, "openStandalone", "test.bim", 1))["key"]!.GetValue<string>());
    }

    private async Task<LiveClient> OpenAsync()
    {
        LiveClient client = await ConnectAsync();
        await ResultAsync(client, App, "openStandalone", Key, 2);
        return client;
    }

    private static object Props(string label) => new
    {
        classFullName = "Generic:PhysicalObject",
        model = "0x1e",
        category = "0x17",
        code = new { spec = "0x1", scope = "0x1", value = "" },
        userLabel = label,
        placement = new { origin = new[] { 1, 2, 3 }, angles = new { yaw = 0, pitch = 0, roll = 0 } },
        geom = new object[] { new { header = new { flags = 0 } }, new { sphere = new { center = new[] { 0, 0, 0 }, radius = 1 } } },
    };

    private static async Task<JsonNode> HistoryAsync(LiveClient client)
    {
        await client.CallAsync("Open", new { key = Key });
        return await client.CallAsync("History", Key, new { count = 100 });
    }

    private static async Task<JsonNode> ResultAsync(LiveClient client, string channel, string method, params object[] arguments) =>
        (await CallAsync(client, channel, method, arguments))["result"]!;

    private static async Task<JsonNode> CallAsync(LiveClient client, string channel, string method, params object[] arguments)
    {
        JsonNode answer = await client.CallAsync("IpcInvoke", channel, method, arguments);
        Assert.True(answer["error"] is null, answer.ToJsonString());
        return answer;
    }

    // The client of .NET runs handlers beside answers: an event that was sent before a response may be handled after it.
    private static async Task<List<(string Channel, string Method)>> TakenAsync(LiveClient client, string last, int times = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var taken = new List<(string Channel, string Method)>();
        while (taken.Count(e => e.Method == last) < times)
        {
            (string channel, JsonArray arguments) = await client.Ipc.Reader.ReadAsync(limit.Token);
            taken.Add((channel, arguments[0]!.GetValue<string>()));
        }

        return taken;
    }
}
