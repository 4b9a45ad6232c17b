using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ITwinOrleans.Api.Tests.Live.Support;
using Microsoft.AspNetCore.SignalR;

namespace ITwinOrleans.Api.Tests.Live;

/// <summary>Clients that do not behave are disconnected, and the others do not notice.</summary>
public sealed class HostileClientTests
{
    private const string Key = "edit.bim";
    private const int Commits = 40, ElementsOfOne = 3000;

    [Fact]
    public async Task Client_that_stops_reading_is_disconnected_and_the_others_get_every_commit()
    {
        await using LiveServer server = await LiveServer.StartAsync([Key], ("Hub:StallTime", "00:00:02"));
        await using LiveClient ann = await LiveClient.ConnectAsync(server.Address);
        await ann.OpenAsync(Key);
        using var socket = new ClientWebSocket();
        await SubscribeAsync(socket, server.Address);

        // Each record is larger than 200 KB: together more than what lies on the way.
        string operations = $"[{string.Join(',', Enumerable.Repeat(Ops.Insert("many")[1..^1], ElementsOfOne))}]";
        for (int i = 0; i < Commits; i++)
            Assert.Null((await ann.TransactAsync(Key, operations))["error"]);
        List<JsonNode> commits = await ann.NextCommitsAsync(Commits);
        Assert.Equal(Enumerable.Range(1, Commits), commits.Select(commit => commit["sequence"]!.GetValue<int>()));
        Assert.All(commits, commit => Assert.InRange(commit.ToJsonString().Length, 200_000, int.MaxValue));


        await ann.NextPresenceAsync(change => change["left"] is JsonArray { Count: > 0 });
        Assert.True((await ann.TransactAsync(Key, Ops.Insert("after")))["sequence"]!.GetValue<int>() == Commits + 1);
    }

    [Fact]
    public async Task Client_that_floods_is_refused_then_disconnected_and_the_others_go_on()
    {
        await using LiveServer server = await LiveServer.StartAsync([Key], ("Hub:CallBurst", "50"), ("Hub:CallsPerSecond", "20"), ("Hub:RefusalsBeforeAbort", "200"));
        await using LiveClient ann = await LiveClient.ConnectAsync(server.Address), flooding = await LiveClient.ConnectAsync(server.Address);
        await ann.OpenAsync(Key);
        await flooding.OpenAsync(Key, "Flood", subscribe: false);

        var refused = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task flood = Task.Run(async () =>
        {
            for (int i = 0; i < 5000 && !flooding.Closed.Task.IsCompleted; i++)
                _ = AskAsync();
            await flooding.Closed.Task;
        });
        Assert.Null((await ann.TransactAsync(Key, Ops.Insert("meanwhile")))["error"]);
        Assert.Equal("Busy", (string?)(await refused.Task.WaitAsync(TimeSpan.FromSeconds(60)))["error"]!["name"]);
        await flood.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Null((await ann.TransactAsync(Key, Ops.Insert("after")))["error"]);

        async Task AskAsync()
        {
            try
            {
                JsonNode answer = await flooding.CallAsync("History", Key, new { count = 1 });
                if (answer is JsonObject refusal && refusal.ContainsKey("error"))
                    refused.TrySetResult(answer);
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or OperationCanceledException or HubException)
            {
                // The connection was ended.
            }
        }
    }

    // SignalR's JSON protocol by hand, up to where a client would begin to read.
    private static async Task SubscribeAsync(ClientWebSocket socket, Uri server)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                // As little room on the way as the system allows.
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await tcp.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(tcp, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/live"), invoker, CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""", "{}");
        await SendAsync(socket, $$"""{"type":1,"invocationId":"1","target":"Open","arguments":[{"key":"{{Key}}","person":{"name":"Slow","color":"#000"} }]}""", "\"invocationId\":\"1\"");
        string received = await SendAsync(socket, $$"""{"type":1,"invocationId":"2","target":"Subscribe","arguments":["{{Key}}",null]}""", "\"invocationId\":\"2\"");
        Assert.DoesNotContain("\"error\"", received, StringComparison.Ordinal);
    }

    // Sends a message and reads until the answer is there.
    private static async Task<string> SendAsync(ClientWebSocket socket, string message, string answer)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);
        byte[] buffer = new byte[64 * 1024];
        string received = "";
        while (!received.Contains(answer, StringComparison.Ordinal))
            received += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);
        return received;
    }
}
