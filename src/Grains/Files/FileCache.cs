using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Files;

/// <summary>Copies of shared files in the silo's own folder: fetched once however many ask, proven by their hash, bounded by evicting what was not used for longest.</summary>
/// <remarks>
/// The folder belongs to one process at a time (a lock of the operating system). What an earlier process left is used again after its hash was checked.
/// </remarks>
public sealed partial class FileCache : IDisposable
{
    private readonly IFileStore _store;
    private readonly FilesOptions _options;
    private readonly ILogger<FileCache> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CacheEntry> _entries = new(StringComparer.Ordinal);
    private readonly FileStream _folderLock;
    private readonly CancellationTokenSource _disposing = new();
    private long _clock;

    /// <summary>Takes the folder over.</summary>
    /// <exception cref="IOException">It cannot be written, or another process has it.</exception>
    public FileCache(IFileStore store, IOptions<FilesOptions> options, ILogger<FileCache> logger)
    {
        _store = store;
        _options = options.Value;
        _logger = logger;
        Directory.CreateDirectory(_options.CacheFolder);
        _folderLock = new FileStream(Path.Join(_options.CacheFolder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var files = new DirectoryInfo(_options.CacheFolder);
        foreach (FileInfo partial in files.EnumerateFiles("*" + FileFetch.PartialExtension))
            partial.Delete();
        foreach (FileInfo file in files.EnumerateFiles().Where(f => f.Name[0] != '.').OrderBy(f => f.LastWriteTimeUtc))
            _entries[file.Name] = new CacheEntry { Size = file.Length, LastUsed = ++_clock };
        Evict();
    }

    /// <summary>How many bytes of copies there are.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _entries.Values.Sum(e => e.Size);
        }
    }

    /// <summary>The copy of a file, fetched if it is not there.</summary>
    /// <exception cref="FileStoreException">The store cannot be reached, or has no such file, or one with other content.</exception>
    /// <exception cref="IOException">This machine's folder cannot be written, or is full.</exception>
    public async Task<CachedFile> GetAsync(StoredFile file, CancellationToken cancellationToken)
    {
        CacheEntry entry;
        Task fetching;
        lock (_lock)
        {
            if (!_entries.TryGetValue(file.Hash, out entry!))
                _entries[file.Hash] = entry = new CacheEntry();
            entry.Users++;
            entry.LastUsed = ++_clock;
            entry.Size = file.Size;
            if (entry.Fetching is null or { IsFaulted: true } or { IsCanceled: true })
                entry.Fetching = Task.Run(() => FileFetch.RunAsync(_store, file, PathOf(file.Hash), _disposing.Token), CancellationToken.None);
            fetching = entry.Fetching;
        }

        try
        {
            await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
            Evict();
            return new CachedFile(PathOf(file.Hash), () => Leave(entry));
        }
        catch
        {
            Leave(entry);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
        _folderLock.Dispose();
    }

    private string PathOf(string hash) => Path.Join(_options.CacheFolder, hash);

    private void Leave(CacheEntry entry)
    {
        lock (_lock)
            entry.Users--;
        Evict();
    }

    private void Evict()
    {
        lock (_lock)
        {
            var bytes = _entries.Values.Sum(e => e.Size);
            foreach (var (hash, entry) in _entries.Where(e => e.Value.Users == 0).OrderBy(e => e.Value.LastUsed).ToArray())
            {
                if (bytes <= _options.CacheBytes)
                    return;
                bytes -= entry.Size;
                Remove(hash);
            }
        }
    }

    private void Remove(string hash)
    {
        _entries.Remove(hash);
        try
        {
            File.Delete(PathOf(hash));
            File.Delete(FileFetch.PartialOf(PathOf(hash)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(_logger, hash, exception);
        }
    }

    private sealed class CacheEntry
    {
        public Task? Fetching { get; set; }

        public int Users { get; set; }

        public long Size { get; set; }

        public long LastUsed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "The copy {Hash} could not be removed.")]
        public static partial void NotRemoved(ILogger logger, string hash, Exception exception);
    }
}
