using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Api.Tiles;

/// <summary>The tiles on disk: bounded, the least recently used go first, and what was there before a restart is there after it.</summary>
internal sealed partial class TileStore(IOptions<TileOptions> options, TimeProvider time, ILogger<TileStore> logger) : IHostedService
{
    /// <summary>Several seconds of a server's cold tiles.</summary>
    private const long MaxWaitingBytes = 64 * 1024 * 1024;

    /// <summary>How stale the time of last use on disk may be, which the order after a restart comes from.</summary>
    private static readonly TimeSpan TouchInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetFullPath(options.Value.Folder);
    private Task _scan = Task.CompletedTask;
    private TileWrites? _writes;
    private long _bytes;

    /// <summary>The bytes on disk, as far as they are known.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Completes when what was on disk before the start is known.</summary>
    public Task Scanned => _scan;

    /// <summary>How many tiles are kept, but not on disk yet.</summary>
    public int Waiting => _writes?.Count ?? 0;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        _scan = Task.Run(Scan, cancellationToken);
        _writes = new TileWrites(MaxWaitingBytes, WriteAsync, time);
        _writes.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_scan, _writes?.StopAsync() ?? Task.CompletedTask).WaitAsync(cancellationToken);

    /// <summary>Opens a cached content.</summary>
    /// <param name="key">Hexadecimal digits.</param>
    /// <returns>The file, which the caller disposes, and the content's length after <see cref="TileFile.HeaderLength"/>; or null.</returns>
    public (SafeFileHandle File, long Length)? TryOpen(string key)
    {
        bool known = _entries.TryGetValue(key, out Entry? entry);
        if (!known && _scan.IsCompletedSuccessfully)
            return null;
        string path = PathOf(key);

        // What this process wrote or read before is trusted; what lay there before is read through once.
        if (TileFile.TryOpen(path, verify: !known || !entry!.Verified) is not { } opened)
        {
            if (known || File.Exists(path))
                Remove(key, damaged: true);
            return null;
        }

        entry ??= Add(key, TileFile.HeaderLength + opened.Length);
        entry.Verified = true;
        DateTimeOffset now = time.GetUtcNow();
        if (now - entry.LastUsed > TouchInterval)
            Touch(path, now);
        entry.LastUsed = now;
        return opened;
    }

    /// <summary>A cached content, whole; null when there is none.</summary>
    public ReadOnlyMemory<byte>? TryRead(string key)
    {
        if (_writes is { } writes && writes.TryGet(key, out ReadOnlyMemory<byte> waiting))
            return waiting;
        if (TryOpen(key) is not { } cached)
            return null;
        using SafeFileHandle file = cached.File;
        byte[] content = new byte[cached.Length];
        for (int read = 0; read < content.Length;)
            read += TileFile.ReadSome(file, content.AsSpan(read), read);
        return content;
    }

    /// <summary>
    /// Keeps a content, which must not change any more. Nobody waits for the disk: it is written soon, and one that is full or too slow costs no more than
    /// the tile's being made again.
    /// </summary>
    public void Put(string key, ReadOnlyMemory<byte> content)
    {
        if (TileFile.HeaderLength + content.Length <= options.Value.MaxBytes / 2)
            _writes?.TryAdd(key, content);
    }

    private async Task WriteAsync(string key, ReadOnlyMemory<byte> content)
    {
        try
        {
            await TileFile.WriteAsync(PathOf(key), content, CancellationToken.None).ConfigureAwait(false);
            var entry = new Entry(TileFile.HeaderLength + content.Length) { LastUsed = time.GetUtcNow(), Verified = true };
            long replaced = 0;
            _entries.AddOrUpdate(key, entry, (_, old) =>
            {
                replaced = old.Size;
                return entry;
            });
            if (Interlocked.Add(ref _bytes, entry.Size - replaced) > options.Value.MaxBytes)
                Evict();
        }
        catch (Exception exception)
        {
            Log.NotWritten(logger, exception, key);
        }
    }

    private Entry Add(string key, long size)
    {
        var entry = new Entry(size) { LastUsed = time.GetUtcNow() };
        Entry kept = _entries.GetOrAdd(key, entry);
        if (ReferenceEquals(kept, entry))
            Interlocked.Add(ref _bytes, size);
        return kept;
    }

    private void Remove(string key, bool damaged)
    {
        if (_entries.TryRemove(key, out Entry? entry))
            Interlocked.Add(ref _bytes, -entry.Size);
        if (damaged)
            Log.Damaged(logger, key);
        TryDelete(PathOf(key));
    }

    // Only the writing evicts, one at a time. A tenth more than needed, so that not every tile sorts the whole cache.
    private void Evict()
    {
        long target = options.Value.MaxBytes / 10 * 9;
        int removed = 0;
        foreach ((string key, _) in _entries.ToArray().OrderBy(pair => pair.Value.LastUsed))
        {
            if (Bytes <= target)
                break;
            Remove(key, damaged: false);
            removed++;
        }

        Log.Evicted(logger, removed, Bytes);
    }

    private void Scan()
    {
        int abandoned = 0;
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            if (file.Extension == ".tile")
            {
                var entry = new Entry(file.Length) { LastUsed = file.LastWriteTimeUtc };
                if (_entries.TryAdd(Path.GetFileNameWithoutExtension(file.Name), entry))
                    Interlocked.Add(ref _bytes, file.Length);
            }
            else if (file.Extension == ".partial" && time.GetUtcNow() - file.LastWriteTimeUtc > TouchInterval)
            {
                TryDelete(file.FullName);
                abandoned++;
            }
        }

        Log.Found(logger, _entries.Count, Bytes, abandoned);
    }

    private void Touch(string path, DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, now.UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotTouched(logger, exception);
        }
    }

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(logger, exception);
        }
    }

    private string PathOf(string key) => Path.Combine(_folder, key[..2], key + ".tile");

    private sealed class Entry(long size)
    {
        public long Size { get; } = size;

        public bool Verified { get; set; }

        public DateTimeOffset LastUsed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The tile cache has {Count} tiles, {Bytes} bytes; {Abandoned} unfinished files were removed")]
        public static partial void Found(ILogger logger, int count, long bytes, int abandoned);

        [LoggerMessage(2, LogLevel.Debug, "The tile cache let {Count} tiles go and has {Bytes} bytes")]
        public static partial void Evicted(ILogger logger, int count, long bytes);

        [LoggerMessage(3, LogLevel.Warning, "The cached tile {Key} was damaged and is made again")]
        public static partial void Damaged(ILogger logger, string key);

        [LoggerMessage(4, LogLevel.Warning, "A tile's time of use could not be kept")]
        public static partial void NotTouched(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "A cached tile could not be deleted")]
        public static partial void NotDeleted(ILogger logger, Exception exception);

        [LoggerMessage(6, LogLevel.Warning, "The tile {Key} could not be kept on disk and is made again when it is asked for")]
        public static partial void NotWritten(ILogger logger, Exception exception, string key);
    }
}
