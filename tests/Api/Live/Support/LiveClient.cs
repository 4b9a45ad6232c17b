using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ITwinOrleans.Api.Tests.Live.Support;

/// <summary>A client of the hub: what it calls, and what it was sent, in order.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private LiveClient(HubConnection connection)
    {
        Connection = connection;
        connection.On<string, JsonElement>("commits", (_, commits) =>
        {
            foreach (JsonElement commit in commits.EnumerateArray())
                Commits.Writer.TryWrite(JsonNode.Parse(commit.GetRawText())!);
        });
        connection.On<string, JsonElement>("presence", (_, change) => Presence.Writer.TryWrite(JsonNode.Parse(change.GetRawText())!));
        connection.On<string, JsonElement>("reload", (_, notice) => Reloads.Writer.TryWrite(JsonNode.Parse(notice.GetRawText())!));
        connection.On<string>("moved", key => Moves.Writer.TryWrite(key));
        connection.On<string, JsonElement>("ipc", (channel, arguments) => Ipc.Writer.TryWrite((channel, JsonNode.Parse(arguments.GetRawText())!.AsArray())));
        connection.Closed += error =>
        {
            Closed.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    public HubConnection Connection { get; }

    public Channel<JsonNode> Commits { get; } = Channel.CreateUnbounded<JsonNode>();

    public Channel<JsonNode> Presence { get; } = Channel.CreateUnbounded<JsonNode>();

    public Channel<JsonNode> Reloads { get; } = Channel.CreateUnbounded<JsonNode>();

    public Channel<string> Moves { get; } = Channel.CreateUnbounded<string>();

    public Channel<(string Channel, JsonArray Arguments)> Ipc { get; } = Channel.CreateUnbounded<(string, JsonArray)>();

    public TaskCompletionSource<Exception?> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<LiveClient> ConnectAsync(Uri server, string? token = null, string? origin = null)
    {
        HubConnection connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/live"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                if (token is not null)
                    options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                if (origin is not null)
                    options.Headers["Origin"] = origin;
            })
            .Build();
        var client = new LiveClient(connection);
        await connection.StartAsync().WaitAsync(Limit);
        return client;
    }

    /// <summary>Calls a method of the hub.</summary>
    public async Task<JsonNode> CallAsync(string method, params object?[] arguments) =>
        JsonNode.Parse((await Connection.InvokeCoreAsync<JsonElement>(method, arguments).WaitAsync(Limit)).GetRawText())!;

    /// <summary>Opens an iModel and subscribes to its commits, from now on or from a state.</summary>
    public async Task<JsonNode> OpenAsync(string key, string name = "Ann", JsonNode? from = null, bool subscribe = true)
    {
        JsonNode opened = await CallAsync("Open", new { key, person = new { name, id = name, color = "#00f" } });
        if (subscribe && opened["error"] is null)
            await CallAsync("Subscribe", key, from ?? State(opened));
        return opened;
    }

    public Task<JsonNode> TransactAsync(string key, string operations, string? operationId = null, JsonNode? read = null) =>
        CallAsync("Transact", key, Transaction(operations, operationId, read));

    /// <summary>A transaction of operations, a JSON array.</summary>
    public static JsonObject Transaction(string operations, string? operationId = null, JsonNode? read = null)
    {
        var transaction = new JsonObject
        {
            ["operationId"] = operationId ?? Guid.NewGuid().ToString(),
            ["description"] = "a test",
            ["operations"] = JsonNode.Parse(operations),
        };
        if (read is not null)
            transaction["base"] = read.DeepClone();
        return transaction;
    }

    /// <summary>The next so many commits.</summary>
    public async Task<List<JsonNode>> NextCommitsAsync(int count)
    {
        using var limit = new CancellationTokenSource(Limit);
        var commits = new List<JsonNode>();
        while (commits.Count < count)
            commits.Add(await Commits.Reader.ReadAsync(limit.Token));
        return commits;
    }

    /// <summary>The next change of presence that fits.</summary>
    public async Task<JsonNode> NextPresenceAsync(Func<JsonNode, bool> fits)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            JsonNode change = await Presence.Reader.ReadAsync(limit.Token);
            if (fits(change))
                return change;
        }
    }

    public static JsonObject State(JsonNode node) => new() { ["epoch"] = node["epoch"]!.GetValue<long>(), ["sequence"] = node["sequence"]!.GetValue<long>() };

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
