using System.Globalization;
using ITwinOrleans.Grains.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Grains.Durability.PostgreSql;

/// <summary>Makes a file the base of an iModel's journal, safe against a crash at any point: first the file is stored under a new name, then one transaction
/// names it and trims the journal, then older files are removed.</summary>
internal sealed partial class BasePublisher(JournalServices services, Ownership ownership)
{
    private readonly string _folder = "bases/" + StoredName.FolderOf(ownership.Key);

    /// <summary>Publishes a file that nobody writes to.</summary>
    /// <param name="main">The main file, checkpointed. It is not closed: in a process that has the iModel open, that would free SQLite's locks.</param>
    /// <param name="position">The last chunk that is in it.</param>
    /// <param name="cancellationToken">Gives up; the old base stays.</param>
    public async Task<JournalBase> PublishAsync(SafeFileHandle main, long position, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_folder}/{ownership.Epoch}-{position}-{Guid.NewGuid():N}.bim");
        try
        {
            DateTime written = File.GetLastWriteTimeUtc(main);
            using var borrowed = new SafeFileHandle(main.DangerousGetHandle(), ownsHandle: false);
            await using var content = new FileStream(borrowed, FileAccess.Read, bufferSize: 0);
            StoredFile stored = await services.Files.PutAsync(name, content, cancellationToken).ConfigureAwait(false);
            if (File.GetLastWriteTimeUtc(main) != written)
                throw new InvalidOperationException($"The file of {ownership.Key} was checkpointed or closed while it was stored.");
            var published = new JournalBase(stored, position);
            await services.Database.RunAsync(
                (connection, limit) => published.PublishAsync(connection, ownership, services.Options, limit), cancellationToken).ConfigureAwait(false);
            await RemoveOthersAsync(name, cancellationToken).ConfigureAwait(false);
            return published;
        }
        catch (FileStoreException exception)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }
        catch (StaleEpochException)
        {
            await RemoveAsync(name, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // Older bases, and what failed attempts left. A later epoch's are its own business.
    private async Task RemoveOthersAsync(string current, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var name in services.Files.ListAsync(_folder, cancellationToken).ConfigureAwait(false))
            {
                var parts = name[(_folder.Length + 1)..].Split('-');
                if (name != current && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var epoch) && epoch <= ownership.Epoch)
                    await services.Files.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FileStoreException exception)
        {
            Log.NotRemoved(services.Logger, ownership.Key, exception);
        }
    }

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await services.Files.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (FileStoreException exception)
        {
            Log.NotRemoved(services.Logger, ownership.Key, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2321, Level = LogLevel.Warning, Message = "Files of {Key} that are not needed any more could not be removed; the next compaction does it.")]
        public static partial void NotRemoved(ILogger logger, string key, Exception exception);
    }
}
