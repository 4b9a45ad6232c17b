using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ITwinOrleans.Live.Bench;

/// <summary>Follows one iModel, across lost connections, and checks that it gets every commit once and in order.</summary>
/// <param name="port">The server's.</param>
/// <param name="key">The iModel's.</param>
/// <param name="latencies">Where the time from commit to receipt goes, in milliseconds.</param>
internal sealed class Subscriber(int port, string key, Latencies latencies) : IAsyncDisposable
{
    private HubSocket? _socket;
    private (long Epoch, long Sequence)? _state;
    private DateTimeOffset _connected = DateTimeOffset.MaxValue;

    /// <summary>The newest commit that it has.</summary>
    public long Sequence => _state?.Sequence ?? 0;

    /// <summary>What was wrong with what it got; null when nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Connects, from the state that it has on.</summary>
    public async Task ConnectAsync()
    {
        _connected = DateTimeOffset.MaxValue;
        _socket = await HubSocket.ConnectAsync(port, Take);
        var opened = await _socket.CallAsync("Open", $$"""{"key":"{{key}}","person":{"name":"s","color":"#000"} }""");
        _state ??= (opened.GetProperty("epoch").GetInt64(), opened.GetProperty("sequence").GetInt64());
        await _socket.CallAsync("Subscribe", string.Create(CultureInfo.InvariantCulture, $$"""
            "{{key}}",{"epoch":{{_state.Value.Epoch}},"sequence":{{_state.Value.Sequence}}}
            """));
        _connected = DateTimeOffset.UtcNow;
    }

    /// <summary>Drops the connection.</summary>
    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Take(ReadOnlyMemory<byte> message)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        ReadOnlySpan<byte> rest = message.Span;
        while (rest.IndexOf("{\"epoch\":"u8) is >= 0 and var start)
        {
            rest = rest[(start + 9)..];
            Utf8Parser.TryParse(rest, out long epoch, out _);
            rest = rest[(rest.IndexOf("\"sequence\":"u8) + 11)..];
            Utf8Parser.TryParse(rest, out long sequence, out _);
            ReadOnlySpan<byte> time = rest[(rest.IndexOf("\"time\":\""u8) + 8)..];
            if (sequence != Sequence + 1)
                Fault ??= $"{key}: {sequence} came after {Sequence}.";
            _state = (epoch, sequence);

            // What was committed while there was no connection says nothing of the way.
            if (TimeOf(time) is { } committed && committed >= _connected)
                latencies.Add((now - committed).TotalMilliseconds);
        }
    }

    private static DateTimeOffset? TimeOf(ReadOnlySpan<byte> text)
    {
        string time = Encoding.ASCII.GetString(text[..text.IndexOf((byte)'"')]).Replace("\\u002B", "+", StringComparison.Ordinal);
        return DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out DateTimeOffset read) ? read : null;
    }
}
