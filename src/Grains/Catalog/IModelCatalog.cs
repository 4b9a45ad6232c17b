using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>The iModels of a folder tree: found by file key or by ids, also while files come, go and are replaced.</summary>
/// <remarks>
/// Knows files only; who has them open is the owners' matter. What a file says of itself is read once per <see cref="FileIdentity"/>, in the
/// background. <see cref="CatalogWatcher"/> keeps it up to date; a key that is asked for is looked up on the spot.
/// </remarks>
public sealed partial class IModelCatalog : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private readonly Lock _update = new();
    private readonly CatalogScanner _scanner;
    private readonly CatalogOptions _options;
    private readonly CatalogReader _reader;
    private readonly ILogger<IModelCatalog> _logger;
    private volatile IdIndex? _byIds;
    private Task? _firstScan;

    /// <summary>Creates a catalogue that has not looked through its folder yet; who cannot wait for that does it (see <see cref="WhenReadAsync"/>).</summary>
    public IModelCatalog(IOptions<CatalogOptions> options, IFileDescriber describer, TimeProvider time, ILogger<IModelCatalog> logger)
    {
        _options = options.Value;
        _logger = logger;
        _scanner = new CatalogScanner(_options.DataFolder);
        _reader = new CatalogReader(this, describer, _options, time, logger);
    }

    /// <summary>Raised after a file came, went, was replaced or was read. Handlers return at once and do not throw.</summary>
    public event Action<CatalogChange>? Changed;

    /// <summary>All entries, by key.</summary>
    public IReadOnlyList<CatalogEntry> Entries => [.. _entries.Values.OrderBy(e => e.Key, StringComparer.Ordinal)];

    /// <summary>Says whether every file that is known was read. If not, one of them may be what somebody looks for by ids.</summary>
    public bool IsRead => _entries.Values.All(e => e.State != CatalogState.Unread);

    internal CatalogScanner Scanner => _scanner;

    /// <summary>The entry of a file key, or null when there is no such file.</summary>
    public CatalogEntry? Find(string key) => _entries.GetValueOrDefault(key) ?? Refresh(key);

    /// <summary>The entry that a frontend's token means, or null. Waits for files that are still to be read when ids are to be found among them.</summary>
    /// <remarks>A file key decides alone; otherwise the ids do.</remarks>
    public async ValueTask<CatalogEntry?> FindAsync(IModelToken token, CancellationToken cancellationToken)
    {
        if (token.FileKey is { } key)
            return Find(key);
        if (Index().Find(token) is { } entry)
            return entry;
        await WhenReadAsync(cancellationToken).ConfigureAwait(false);
        return Index().Find(token);
    }

    /// <summary>The editable iModel of an id (its versions have the same), or null. Files that are still to be read are not found.</summary>
    public CatalogEntry? FindEditable(string? iTwinId, string? iModelId) => Entries
        .Where(e => e.Description is { } d && d.IModelId.Equals(iModelId, StringComparison.OrdinalIgnoreCase)
            && (string.IsNullOrEmpty(iTwinId) || d.ITwinId.Equals(iTwinId, StringComparison.OrdinalIgnoreCase)))
        .OrderByDescending(e => e.Description!.IsEditable)
        .FirstOrDefault();

    /// <summary>The entry of a file key once that file was read, or null when there is no such file. It is unread only if no worker could read it now.</summary>
    public async Task<CatalogEntry?> FindReadAsync(string key, CancellationToken cancellationToken)
    {
        var entry = Find(key) is { State: CatalogState.Unread } ? Refresh(key) : Find(key);
        while (entry is { State: CatalogState.Unread })
        {
            var reading = _reader.Find(entry.Identity);
            if (reading is not null)
                await reading.WaitAsync(cancellationToken).ConfigureAwait(false);

            // Without a reading it may have ended just now; if not, there is none.
            var before = entry;
            entry = Find(key);
            if (reading is null && ReferenceEquals(entry, before))
                break;
        }

        return entry;
    }

    /// <summary>Looks at one file again.</summary>
    /// <returns>Its entry now, or null when there is none.</returns>
    public CatalogEntry? Refresh(string key) => IModelKey.IsValid(key) ? Update(key) : null;

    /// <summary>Looks through the whole folder.</summary>
    public void Rescan()
    {
        var found = _scanner.Scan(_options.MaxFiles, out var truncated);
        if (truncated)
            Log.TooManyFiles(_logger, _options.MaxFiles);
        foreach (var key in _entries.Keys.Where(k => !found.ContainsKey(k)))
            Refresh(key);

        // What the scan saw may be older than what is known by now, so a file that differs is looked at once more.
        foreach (var (key, identity) in found)
        {
            if (_entries.GetValueOrDefault(key) is not { } entry || entry.Identity != identity || entry.State == CatalogState.Unread)
                Refresh(key);
        }
    }

    /// <summary>Looks through the whole folder unless that was done or is being done; one that failed is done again.</summary>
    public Task FirstScanAsync()
    {
        lock (_update)
            return _firstScan is null or { IsFaulted: true } ? _firstScan = Task.Run(Rescan) : _firstScan;
    }

    /// <summary>Completes when the folder was looked through and each file that is known then has been read, or was replaced, or cannot be read now.</summary>
    public async Task WhenReadAsync(CancellationToken cancellationToken)
    {
        await FirstScanAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var unread in _entries.Values.Where(e => e.State == CatalogState.Unread))
            Refresh(unread.Key);
        await Task.WhenAll(_reader.Running).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that a file is open for writing: as long as it is the same file, its new size and time are no replacement of it.</summary>
    /// <returns>Dispose it when the file is closed.</returns>
    internal IDisposable HoldLive(string key)
    {
        lock (_update)
            _live.Add(key);
        return new LiveHold(this, key);
    }

    /// <summary>Whether a file is open for writing in this process: what it holds is not all in the file itself.</summary>
    public bool IsLive(string key)
    {
        lock (_update)
            return _live.Contains(key);
    }

    /// <summary>Takes over a file whose description is already known (an added one).</summary>
    internal CatalogEntry? Accept(string key, IModelDescription description) => Update(key, description);

    /// <summary>Takes over what was read.</summary>
    /// <returns>False if the file was replaced meanwhile: what was read is not the file's.</returns>
    internal bool Complete(CatalogEntry unread, CatalogEntry described)
    {
        lock (_update)
        {
            if (Look(unread.Key) != unread.Identity || _entries.GetValueOrDefault(unread.Key)?.Identity != unread.Identity)
                return false;
            Store(unread.Key, described);
        }

        Announce(new CatalogChange(unread.Key, unread, described));
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task scan;
        lock (_update)
            scan = _firstScan ??= Task.CompletedTask;
        await scan.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _reader.DisposeAsync().ConfigureAwait(false);
    }

    // Made under the lock: one made beside an update could be an old one, put in place after the update had cleared it.
    private IdIndex Index()
    {
        if (_byIds is { } index)
            return index;
        lock (_update)
            return _byIds ??= new IdIndex(_entries.Values);
    }

    private CatalogEntry? Update(string key, IModelDescription? description = null)
    {
        CatalogEntry? before, after;
        lock (_update)
        {
            before = _entries.GetValueOrDefault(key);
            var identity = Look(key);
            if (before?.Identity == identity && description is null)
            {
                // An entry that no worker could read is tried again whenever it is looked at.
                if (before is { State: CatalogState.Unread })
                    _reader.Start(before);
                return before;
            }

            // What the native library derived from the old file is not the new one's. Who still has it open keeps it, unlinked.
            if (before is not null && before.Identity != identity)
                DeleteTileCache(before.Identity.Path);
            after = identity is null ? null : new CatalogEntry { Key = key, Identity = identity };
            if (after is not null && description is not null)
                after = after with { State = CatalogState.Valid, Description = description };
            Store(key, after);
            if (after is { State: CatalogState.Unread })
                _reader.Start(after);
        }

        Announce(new CatalogChange(key, before, after));
        return after;
    }

    // Under the lock: of two that look, the later one is right. A file that is open for writing is the one that it was.
    private FileIdentity? Look(string key)
    {
        var now = _scanner.Find(key);
        var known = _entries.GetValueOrDefault(key)?.Identity;
        return now is not null && known is not null && _live.Contains(key) && known.IsSameFile(now) ? known : now;
    }

    // What was written is no replacement: the file is known as what it was until it has been read again.
    private void EndLive(string key)
    {
        CatalogEntry? before, after;
        lock (_update)
        {
            _live.Remove(key);
            before = _entries.GetValueOrDefault(key);
            if (before is null || _scanner.Find(key) is not { } now || !before.Identity.IsSameFile(now) || before.Identity == now)
                return;
            after = before with { Identity = now };
            Store(key, after);
            _reader.Start(after);
        }

        Changed?.Invoke(new CatalogChange(key, before, after));
    }

    private void DeleteTileCache(string path)
    {
        try
        {
            File.Delete(path + ".Tiles");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.TilesRemain(_logger, exception);
        }
    }

    private void Store(string key, CatalogEntry? entry)
    {
        if (entry is null)
            _entries.TryRemove(key, out _);
        else
            _entries[key] = entry;
        _byIds = null;
    }

    private void Announce(CatalogChange change)
    {
        if (change.Before is null)
            Log.Found(_logger, change.Key);
        else if (change.After is null)
            Log.Gone(_logger, change.Key);
        else if (change.After.Identity != change.Before.Identity)
            Log.Replaced(_logger, change.Key);
        Changed?.Invoke(change);
    }

    private sealed class LiveHold(IModelCatalog catalog, string key) : IDisposable
    {
        public void Dispose() => catalog.EndLive(key);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Debug, Message = "Found iModel file {Key}.")]
        public static partial void Found(ILogger logger, string key);

        [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "iModel file {Key} is gone.")]
        public static partial void Gone(ILogger logger, string key);

        [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "iModel file {Key} was replaced.")]
        public static partial void Replaced(ILogger logger, string key);

        [LoggerMessage(EventId = 2007, Level = LogLevel.Warning, Message = "The tile cache of a replaced file could not be deleted; its tiles may be the old ones.")]
        public static partial void TilesRemain(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The data folder has more than {MaxFiles} iModel files; the rest is left out.")]
        public static partial void TooManyFiles(ILogger logger, int maxFiles);
    }
}
