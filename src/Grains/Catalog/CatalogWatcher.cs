using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Catalog;

/// <summary>Keeps the catalogue up to date: at once where the file system announces a change, and by looking through the folder now and then.</summary>
public sealed partial class CatalogWatcher(
    IModelCatalog catalog, IModelUploads uploads, IOptions<CatalogOptions> options, TimeProvider time, ILogger<CatalogWatcher> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first scan is part of the background too: the host starts at once, and who asks for something waits for what the answer needs.
        await Task.Yield();
        using var wake = new SemaphoreSlim(0);
        using var watcher = Watch(wake);
        uploads.RemoveAbandoned();
        await ScanAsync(catalog.FirstScanAsync).ConfigureAwait(false);
        while (await WaitAsync(wake, stoppingToken).ConfigureAwait(false))
            await ScanAsync(() => Task.Run(catalog.Rescan, CancellationToken.None)).ConfigureAwait(false);
    }

    /// <returns>False when the host stops.</returns>
    private async Task<bool> WaitAsync(SemaphoreSlim wake, CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(wake.WaitAsync(over.Token), Task.Delay(options.Value.RescanInterval, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return !stoppingToken.IsCancellationRequested;
    }

    private async Task ScanAsync(Func<Task> scan)
    {
        try
        {
            await scan().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.ScanFailed(logger, exception);
        }
    }

    private FileSystemWatcher? Watch(SemaphoreSlim wake)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(catalog.Scanner.Root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite,
            };
            watcher.Created += (_, e) => OnChanged(e.FullPath, wake);
            watcher.Changed += (_, e) => OnChanged(e.FullPath, wake);
            watcher.Deleted += (_, e) => OnChanged(e.FullPath, wake);
            watcher.Renamed += (_, e) =>
            {
                OnChanged(e.OldFullPath, wake);
                OnChanged(e.FullPath, wake);
            };
            // Announcements were lost: only a scan finds what they were about.
            watcher.Error += (_, _) => wake.Release();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException exception)
        {
            // For example no inotify watches left: the periodic scan goes on without.
            watcher?.Dispose();
            Log.NotWatching(logger, options.Value.RescanInterval, exception);
            return null;
        }
    }

    private void OnChanged(string path, SemaphoreSlim wake)
    {
        if (catalog.Scanner.KeyOf(path) is { } key && IModelKey.IsValid(key))
            catalog.Refresh(key);
        else if (!Path.HasExtension(path) && wake.CurrentCount == 0)
            wake.Release(); // A folder came or went, with all that is in it.
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2021, Level = LogLevel.Error, Message = "The data folder cannot be looked through.")]
        public static partial void ScanFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 2022, Level = LogLevel.Warning, Message = "The file system announces no changes of the data folder; it is looked through every {Interval}.")]
        public static partial void NotWatching(ILogger logger, TimeSpan interval, Exception exception);
    }
}
