using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ITwinOrleans.Live.Bench;

/// <summary>
/// A connection to the hub in SignalR's JSON protocol that looks into commits no further than for their sequence and time: 500 full clients would take
/// the processor time that is measured.
/// </summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Action<ReadOnlyMemory<byte>> _commits;
    private Task _receiving = Task.CompletedTask;
    private int _lastCall;

    private HubSocket(Action<ReadOnlyMemory<byte>> commits) => _commits = commits;

    /// <summary>Connects.</summary>
    /// <param name="port">The server's, on loopback.</param>
    /// <param name="commits">Called with each message of commits, JSON.</param>
    public static async Task<HubSocket> ConnectAsync(int port, Action<ReadOnlyMemory<byte>> commits)
    {
        var hub = new HubSocket(commits);
        await hub._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), CancellationToken.None);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        hub._receiving = hub.ReceiveAsync();
        return hub;
    }

    /// <summary>Calls a method of the hub.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">JSON, without the brackets around.</param>
    public async Task<JsonElement> CallAsync(string method, string arguments)
    {
        string id = Interlocked.Increment(ref _lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Drops the connection without a word, as a lost network does.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private async Task SendAsync(string message)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(message), End];
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        var received = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(received.GetMemory(8 * 1024), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                    break;
                received.Advance(result.Count);
                if (!result.EndOfMessage)
                    continue;
                Take(received.WrittenMemory);
                received.ResetWrittenCount();
            }
        }
        catch (WebSocketException)
        {
            // Dropped.
        }
        finally
        {
            foreach (TaskCompletionSource<JsonElement> call in _calls.Values)
                call.TrySetException(new IOException("The connection was lost."));
        }
    }

    private void Take(ReadOnlyMemory<byte> messages)
    {
        while (messages.Span.IndexOf(End) is >= 0 and var end)
        {
            ReadOnlyMemory<byte> message = messages[..end];
            messages = messages[(end + 1)..];
            if (message.Span.IndexOf("\"target\":\"commits\""u8) >= 0)
            {
                _commits(message);
            }
            else if (message.Span.StartsWith("{\"type\":3"u8))
            {
                using JsonDocument document = JsonDocument.Parse(message);
                if (_calls.TryRemove(document.RootElement.GetProperty("invocationId").GetString()!, out TaskCompletionSource<JsonElement>? call))
                    Complete(call, document.RootElement);
            }
        }
    }

    private static void Complete(TaskCompletionSource<JsonElement> call, JsonElement answer)
    {
        if (answer.TryGetProperty("error", out JsonElement error))
            call.TrySetException(new IOException(error.GetString()));
        else
            call.TrySetResult(answer.TryGetProperty("result", out JsonElement result) ? result.Clone() : default);
    }
}
