using System.Collections.Concurrent;
using ITwinOrleans.Worker.Work;
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
    private readonly Dictionary<FileIdentity, Task> _reading = [];
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private readonly Lock _update = new();
    private readonly CatalogScanner _scanner;
    private readonly CatalogOptions _options;
    private readonly IFileDescriber _describer;
    private readonly TimeProvider _time;
    private readonly ILogger<IModelCatalog> _logger;
    private readonly SemaphoreSlim _readers;
    private readonly CancellationTokenSource _stopping = new();
    private volatile IdIndex? _byIds;

    /// <summary>Creates an empty catalogue; <see cref="Rescan"/> fills it.</summary>
    public IModelCatalog(IOptions<CatalogOptions> options, IFileDescriber describer, TimeProvider time, ILogger<IModelCatalog> logger)
    {
        _options = options.Value;
        _describer = describer;
        _time = time;
        _logger = logger;
        _scanner = new CatalogScanner(_options.DataFolder);
        _readers = new SemaphoreSlim(_options.DescribeConcurrency);
    }

    /// <summary>Raised after a file came, went, was replaced or was read. Handlers return at once and do not throw.</summary>
    public event Action<CatalogChange>? Changed;

    /// <summary>All entries, by key.</summary>
    public IReadOnlyList<CatalogEntry> Entries => [.. _entries.Values.OrderBy(e => e.Key, StringComparer.Ordinal)];

    internal CatalogScanner Scanner => _scanner;

    /// <summary>The entry of a file key, or null when there is no such file.</summary>
    public CatalogEntry? Find(string key) => _entries.GetValueOrDefault(key) ?? Refresh(key);

    /// <summary>The entry that a frontend's token means, or null. Waits for files that are still to be read when ids are to be found among them.</summary>
    /// <remarks>A key without a colon is a file key and decides alone; otherwise the ids do.</remarks>
    public async ValueTask<CatalogEntry?> FindAsync(IModelToken token, CancellationToken cancellationToken)
    {
        if (token.Key is { Length: > 0 } key && !key.Contains(':'))
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

    /// <summary>Looks at one file again.</summary>
    /// <returns>Its entry now, or null when there is none.</returns>
    public CatalogEntry? Refresh(string key) => IModelKey.IsValid(key) ? Update(key, _scanner.Find(key)) : null;

    /// <summary>Looks through the whole folder.</summary>
    public void Rescan()
    {
        var found = _scanner.Scan(_options.MaxFiles, out var truncated);
        if (truncated)
            Log.TooManyFiles(_logger, _options.MaxFiles);
        foreach (var key in _entries.Keys.Where(k => !found.ContainsKey(k)))
            Refresh(key);
        foreach (var (key, identity) in found)
            Update(key, identity);
    }

    /// <summary>Completes when every file that is known now has been read.</summary>
    public async Task WhenReadAsync(CancellationToken cancellationToken)
    {
        while (Reading() is { Length: > 0 } reading)
            await Task.WhenAll(reading).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that a file is open for writing: as long as it is the same file, its new size and time are no replacement of it.</summary>
    /// <returns>Dispose it when the file is closed.</returns>
    internal IDisposable HoldLive(string key)
    {
        lock (_update)
            _live.Add(key);
        return new LiveHold(this, key);
    }

    /// <summary>Whether a file is open for writing.</summary>
    internal bool IsLive(string key)
    {
        lock (_update)
            return _live.Contains(key);
    }

    /// <summary>Takes over a file whose description is already known (an added one).</summary>
    internal CatalogEntry? Accept(string key, IModelDescription description) => Update(key, _scanner.Find(key), description);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(Reading()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _readers.Dispose();
    }

    private Task[] Reading()
    {
        lock (_update)
            return [.. _reading.Values];
    }

    // Made under the lock: one made beside an update could be an old one, put in place after the update had cleared it.
    private IdIndex Index()
    {
        if (_byIds is { } index)
            return index;
        lock (_update)
            return _byIds ??= new IdIndex(_entries.Values);
    }

    private CatalogEntry? Update(string key, FileIdentity? identity, IModelDescription? description = null)
    {
        CatalogEntry? before, after;
        lock (_update)
        {
            before = _entries.GetValueOrDefault(key);
            if (before is not null && identity is not null && _live.Contains(key) && before.Identity.IsSameFile(identity))
                identity = before.Identity;
            if (before?.Identity == identity && description is null)
            {
                // An entry that no worker could read is tried again whenever it is looked at.
                if (before is { State: CatalogState.Unread })
                    Read(before);
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
                Read(after);
        }

        Announce(new CatalogChange(key, before, after));
        return after;
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
            Read(after);
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

    // Called under the lock, so a file is read once per identity; the work itself runs on the pool.
    private void Read(CatalogEntry entry)
    {
        if (!_reading.ContainsKey(entry.Identity) && !_stopping.IsCancellationRequested)
            _reading[entry.Identity] = Task.Run(() => ReadAsync(entry));
    }

    private async Task ReadAsync(CatalogEntry entry)
    {
        try
        {
            if (await DescribeAsync(entry, _stopping.Token).ConfigureAwait(false) is { } described)
                Complete(entry, described);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WorkerException)
        {
            // Nothing is known of the file: it stays unread and the next look at it tries again.
            Log.NotRead(_logger, entry.Key, exception);
        }
        finally
        {
            lock (_update)
                _reading.Remove(entry.Identity);
        }
    }

    private async Task<CatalogEntry?> DescribeAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        var rest = entry.Identity.Modified + _options.SettleTime - _time.GetUtcNow();
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest < _options.SettleTime ? rest : _options.SettleTime, _time, cancellationToken).ConfigureAwait(false);
        await _readers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Refresh(entry.Key)?.Identity != entry.Identity)
                return null;
            var description = await _describer.DescribeAsync(entry.Key, entry.Identity.Path, cancellationToken).ConfigureAwait(false);
            return entry with { State = CatalogState.Valid, Description = description };
        }
        catch (NotAnIModelException exception)
        {
            Log.Invalid(_logger, entry.Key, exception.Message);
            return entry with { State = CatalogState.Invalid, Reason = exception.Message };
        }
        finally
        {
            _readers.Release();
        }
    }

    private void Complete(CatalogEntry unread, CatalogEntry described)
    {
        // What was read is the file's only if the file was not replaced meanwhile.
        var now = _scanner.Find(unread.Key);
        var replaced = false;
        lock (_update)
        {
            replaced = now != unread.Identity || _entries.GetValueOrDefault(unread.Key)?.Identity != unread.Identity;
            if (!replaced)
                Store(unread.Key, described);
        }

        if (replaced)
            Refresh(unread.Key);
        else
            Announce(new CatalogChange(unread.Key, unread, described));
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

        [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "File {Key} is not an iModel that can be opened: {Reason}")]
        public static partial void Invalid(ILogger logger, string key, string reason);

        [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "File {Key} could not be read now; it is tried again later.")]
        public static partial void NotRead(ILogger logger, string key, Exception exception);

        [LoggerMessage(EventId = 2007, Level = LogLevel.Warning, Message = "The tile cache of a replaced file could not be deleted; its tiles may be the old ones.")]
        public static partial void TilesRemain(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The data folder has more than {MaxFiles} iModel files; the rest is left out.")]
        public static partial void TooManyFiles(ILogger logger, int maxFiles);
    }
}
