using System.Net;
using System.Net.Sockets;
using System.Text;
using ITwinOrleans.Api.Tests.Support;
using ITwinOrleans.Tests.Peer;

namespace ITwinOrleans.Api.Tests.Hostile;

/// <summary>Bad input gets a clear answer, tells nothing of the machine, and the next request is served.</summary>
public sealed class HostileTests
{
    private static readonly RawRequest Next = RawRequest.Post(
        "/t/v/mode/1/context/i/imodel/m/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId",
        """[{"key":"test.bim","iTwinId":"i","iModelId":"m","changeset":{"id":"","index":0}}]""");

    [Fact]
    public async Task Requests_hostile_areRefusedClearlyAndTheNextIsServed()
    {
        await using ApiServer server = await ApiServer.StartAsync(("Limits:HeadersTimeout", "00:00:02"));
        (string Name, byte[] Bytes)[] requests = [.. HostileRequests.All];
        Assert.True(requests.Length >= 200, $"only {requests.Length}");
        var faults = new List<string>();

        foreach ((string name, byte[] bytes) in requests)
        {
            RawResponse response;
            try
            {
                response = await RawHttp.SendAsync(server.Port, bytes);
            }
            catch (TimeoutException exception)
            {
                faults.Add($"{name}: {exception.Message}");
                continue;
            }

            if (response.Status is < 400 or > 599)
                faults.Add($"{name}: {response.Status} {response.Text[..Math.Min(response.Text.Length, 200)]}");
            if (Leak(response) is { } leak)
                faults.Add($"{name}: leaks \"{leak}\"");
            if (IsRpcAnswer(response) && !response.Text.Contains("\"message", StringComparison.Ordinal) && !response.Text.Contains("\\\"message\\\":", StringComparison.Ordinal))
                faults.Add($"{name}: no message: {response.Text}");
            RawResponse next = await RawHttp.SendAsync(server.Port, Next);
            if (next.Status != 200)
                faults.Add($"{name}: the next request got {next.Status}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task Body_tooSlow_isAnsweredWithATimeoutAndTheNextIsServed()
    {
        await using ApiServer server = await ApiServer.StartAsync(("Limits:MinBodyBytesPerSecond", "1000000"), ("Limits:BodyGracePeriod", "00:00:01.1"));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        byte[] head = Encoding.ASCII.GetBytes(
            "POST /t/v/mode/1/context/i/imodel/m/changeset/0/IModelReadRpcInterface-3.8.0-getDefaultViewId HTTP/1.1\r\nHost: a\r\nX-Correlation-Id: a\r\n"
            + "X-Protocol-Version: 2\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n[");
        await socket.SendAsync(head);

        byte[] answer = new byte[4096];
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int read = await socket.ReceiveAsync(answer, timeout.Token);
        RawResponse response = RawResponse.Parse(answer[..read]);

        Assert.Equal(408, response.Status);
        Assert.Contains("\"isError\":true", response.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.SendAsync(server.Port, Next)).Status);
    }

    [Fact]
    public async Task Client_gone_cancelsItsCallAndTheNextIsServed()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Router.Gate = async (_, cancellationToken) =>
        {
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult());
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
            await socket.SendAsync(Next.ToBytes());
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        server.Router.Gate = (_, _) => Task.CompletedTask;
        Assert.Equal(200, (await RawHttp.SendAsync(server.Port, Next)).Status);
    }

    [Fact]
    public async Task Operation_failing_tellsTheClientNothingOfTheInside()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        server.Router.Gate = (_, _) => throw new IOException("Could not open /srv/secret/plant.bim");

        RawResponse response = await RawHttp.SendAsync(server.Port, Next);

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.Contains("7e9f8c1a-0000-4000-8000-000000000001", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_endless_isGivenUpWithATransientStatus()
    {
        await using ApiServer server = await ApiServer.StartAsync(("Rpc:RequestTimeout", "00:00:00.2"));
        server.Router.Gate = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        RawResponse response = await RawHttp.SendAsync(server.Port, Next);

        Assert.Equal(504, response.Status);
        Assert.Contains("took too long", response.Text, StringComparison.Ordinal);
    }

    private static bool IsRpcAnswer(RawResponse response) => response.Header("X-Protocol-Version") is not null && response.Status != 0;

    private static string? Leak(RawResponse response)
    {
        string all = response.Text + string.Concat(response.Headers.Values);
        string[] inside = [AppContext.BaseDirectory, Path.GetTempPath().TrimEnd('/') + "/", "root:x:", "System.", "   at ", ".cs:line", "ConnectionStrings", "\"Logging\""];
        return inside.FirstOrDefault(part => all.Contains(part, StringComparison.Ordinal));
    }
}
