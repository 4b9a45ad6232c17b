using Microsoft.Extensions.Logging;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Reads the catalogue's files in the background: a few at once, and each <see cref="FileIdentity"/> by one reading at a time.</summary>
internal sealed partial class CatalogReader(IModelCatalog catalog, IFileDescriber describer, CatalogOptions options, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly Dictionary<FileIdentity, Task> _running = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(options.DescribeConcurrency);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The readings that run now; none of them fails.</summary>
    public Task[] Running
    {
        get
        {
            lock (_lock)
                return [.. _running.Values];
        }
    }

    /// <summary>The reading of a file that runs now, or null.</summary>
    public Task? Find(FileIdentity identity)
    {
        lock (_lock)
            return _running.GetValueOrDefault(identity);
    }

    /// <summary>Begins to read a file unless that is going on already.</summary>
    public void Start(CatalogEntry entry)
    {
        lock (_lock)
        {
            if (!_running.ContainsKey(entry.Identity) && !_stopping.IsCancellationRequested)
                _running[entry.Identity] = Task.Run(() => ReadAsync(entry));
        }
    }

    /// <summary>Gives up what is being read.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(Running).ConfigureAwait(false);
        _stopping.Dispose();
        _slots.Dispose();
    }

    private async Task ReadAsync(CatalogEntry entry)
    {
        var isCurrent = true;
        try
        {
            isCurrent = await DescribeAsync(entry, _stopping.Token).ConfigureAwait(false) is { } described && catalog.Complete(entry, described);
        }
        catch (Exception exception)
        {
            // Nothing is known of the file: it stays unread and the next look at it tries again.
            if (!_stopping.IsCancellationRequested)
                Log.NotRead(logger, entry.Key, exception);
        }
        finally
        {
            lock (_lock)
                _running.Remove(entry.Identity);
        }

        // Replaced meanwhile; perhaps by itself (moved away and back), so only a look after the end of this reading begins another.
        if (!isCurrent)
            catalog.Refresh(entry.Key);
    }

    private async Task<CatalogEntry?> DescribeAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        var rest = entry.Identity.Modified + options.SettleTime - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest < options.SettleTime ? rest : options.SettleTime, time, cancellationToken).ConfigureAwait(false);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (catalog.Refresh(entry.Key)?.Identity != entry.Identity)
                return null;
            var description = await describer.DescribeAsync(entry.Key, entry.Identity.Path, cancellationToken).ConfigureAwait(false);
            return entry with { State = CatalogState.Valid, Description = description };
        }
        catch (NotAnIModelException exception)
        {
            Log.Invalid(logger, entry.Key, exception.Message);
            return entry with { State = CatalogState.Invalid, Reason = exception.Message };
        }
        finally
        {
            _slots.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "File {Key} is not an iModel that can be opened: {Reason}")]
        public static partial void Invalid(ILogger logger, string key, string reason);

        [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "File {Key} could not be read now; it is tried again later.")]
        public static partial void NotRead(ILogger logger, string key, Exception exception);
    }
}
