using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ITwinOrleans.Api.Tiles;

/// <summary>Contents on their way to the disk, so that no client waits for it: one after the other, and never more than a bound of memory.</summary>
/// <remarks>
/// Who opens a view asks for many tiles one after another, and making a file takes longer than making many a tile. So they are written when no more come for
/// a moment, or when half of the memory is taken.
/// </remarks>
/// <param name="maxBytes">The most bytes that wait.</param>
/// <param name="write">Writes one; must not throw.</param>
/// <param name="time">The clock of that moment.</param>
internal sealed class TileWrites(long maxBytes, Func<string, ReadOnlyMemory<byte>, Task> write, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250), Look = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<string> _queue = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private long _bytes, _added;

    /// <summary>How many are not written yet.</summary>
    public int Count => _waiting.Count;

    /// <summary>Starts to write what is added.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Takes no more, and completes when all that was taken is written.</summary>
    public async Task StopAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Has a content written soon. Where the disk is too slow for the bound, after the stop, or while the key waits already, it is not.</summary>
    public bool TryAdd(string key, ReadOnlyMemory<byte> content)
    {
        Volatile.Write(ref _added, time.GetTimestamp());
        if (Interlocked.Add(ref _bytes, content.Length) <= maxBytes && _waiting.TryAdd(key, content))
        {
            if (_queue.Writer.TryWrite(key))
                return true;
            _waiting.TryRemove(key, out _);
        }

        Interlocked.Add(ref _bytes, -content.Length);
        return false;
    }

    /// <summary>A content that is not written yet.</summary>
    public bool TryGet(string key, out ReadOnlyMemory<byte> content) => _waiting.TryGetValue(key, out content);

    private async Task RunAsync()
    {
        await foreach (string key in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            while (!_stopping.IsCancellationRequested && Interlocked.Read(ref _bytes) < maxBytes / 2 && time.GetElapsedTime(Volatile.Read(ref _added)) < Moment)
                await Task.Delay(Look, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ReadOnlyMemory<byte> content = _waiting[key];
            await write(key, content).ConfigureAwait(false);
            _waiting.TryRemove(key, out _);
            Interlocked.Add(ref _bytes, -content.Length);
        }
    }
}
