using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Api.Tiles;

/// <summary>The tiles on disk: bounded, the least recently used go first, and what was there before a restart is there after it.</summary>
internal sealed partial class TileStore(IOptions<TileOptions> options, TimeProvider time, ILogger<TileStore> logger) : IHostedService
{
    /// <summary>How stale the time of last use on disk may be, which the order after a restart comes from.</summary>
    private static readonly TimeSpan TouchInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetFullPath(options.Value.Folder);
    private readonly SemaphoreSlim _evicting = new(1, 1);
    private Task _scan = Task.CompletedTask;
    private long _bytes;

    /// <summary>The bytes on disk, as far as they are known.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Completes when what was on disk before the start is known.</summary>
    public Task Scanned => _scan;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        _scan = Task.Run(Scan, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _scan.WaitAsync(cancellationToken);

    /// <summary>Opens a cached content.</summary>
    /// <param name="key">Hexadecimal digits.</param>
    /// <returns>The file, which the caller disposes, and the content's length after <see cref="TileFile.HeaderLength"/>; or null.</returns>
    public (SafeFileHandle File, long Length)? TryOpen(string key)
    {
        bool known = _entries.TryGetValue(key, out Entry? entry);
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
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (TryOpen(key) is not { } cached)
            return null;
        using SafeFileHandle file = cached.File;
        byte[] content = new byte[cached.Length];
        for (int read = 0; read < content.Length;)
            read += await TileFile.ReadSomeAsync(file, content.AsMemory(read), read, cancellationToken).ConfigureAwait(false);
        return content;
    }

    /// <summary>Keeps a content, and makes room for it.</summary>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        long size = TileFile.HeaderLength + content.Length;
        if (size > options.Value.MaxBytes / 2)
            return;
        await TileFile.WriteAsync(PathOf(key), content, cancellationToken).ConfigureAwait(false);
        Remove(key, damaged: false, keepFile: true);
        Add(key, size).Verified = true;
        if (Bytes > options.Value.MaxBytes)
            await EvictAsync(cancellationToken).ConfigureAwait(false);
    }

    private Entry Add(string key, long size)
    {
        var entry = new Entry(size) { LastUsed = time.GetUtcNow() };
        Entry kept = _entries.GetOrAdd(key, entry);
        if (ReferenceEquals(kept, entry))
            Interlocked.Add(ref _bytes, size);
        return kept;
    }

    private void Remove(string key, bool damaged, bool keepFile = false)
    {
        if (_entries.TryRemove(key, out Entry? entry))
            Interlocked.Add(ref _bytes, -entry.Size);
        if (keepFile)
            return;
        if (damaged)
            Log.Damaged(logger, key);
        TryDelete(PathOf(key));
    }

    private async Task EvictAsync(CancellationToken cancellationToken)
    {
        await _evicting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A tenth more than needed, so that not every tile sorts the whole cache.
            long target = options.Value.MaxBytes / 10 * 9;
            if (Bytes <= options.Value.MaxBytes)
                return;
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
        finally
        {
            _evicting.Release();
        }
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
    }
}
